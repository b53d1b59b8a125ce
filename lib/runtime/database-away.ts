/** SQLSTATE classes of a database that cannot serve now: connection, resources, operator's hand. */
const awayClasses = ['08', '53', '57'];

const awayCodes = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH'];

/** What a standby, or a database set to read only, says of a write. */
const readOnlyCode = '25006';

/** Whether an error says that the database answers but stores nothing. */
export function isDatabaseReadOnly(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ((current as { code?: unknown }).code === readOnlyCode) return true;
  }
  return false;
}

/**
 * Whether an error says that the database is away, hung, full or read-only, rather than that we did
 * wrong.
 */
export function isDatabaseAway(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === 'string') {
      if (awayCodes.includes(code) || code === readOnlyCode) return true;
      if (code.length === 5 && awayClasses.includes(code.slice(0, 2))) return true;
    }
    if (
      /timeout exceeded when trying to connect|Query read timeout|Connection terminated/i.test(
        current.message,
      )
    ) {
      return true;
    }
    if (current instanceof AggregateError && current.errors.some(isDatabaseAway)) return true;
  }
  return false;
}
