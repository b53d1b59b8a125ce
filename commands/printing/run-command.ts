import { closeDb } from '@/db/client';
import { AppError } from '@/lib/errors';
import { isDatabaseAway } from '@/lib/runtime/database-away';
import { logForCommand, withoutSecrets } from '@/lib/runtime/logger';
import { messageText } from './message-text';

/**
 * Runs a command and closes the database after it. What it throws is one line on standard error, and
 * exit code 1: who runs it can fix a setting, not read our stack.
 */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  logForCommand();
  try {
    await main();
  } catch (error) {
    console.error(problemOf(error));
    process.exitCode = 1;
  }
  await closeDb();
}

/** What went wrong, in one line. */
export function problemOf(error: unknown): string {
  if (error instanceof AppError) return messageText(error.ref.messageKey, error.ref.params);
  if (isDatabaseAway(error)) {
    return `The database doesn’t answer (${reasonOf(error)}). Is DATABASE_URL right, and is PostgreSQL running?`;
  }
  if (codeOf(innermost(error)) === '42P01') {
    return 'The database lacks tables of this version. Run npm run db:migrate first.';
  }
  const cause = innermost(error);
  const message = cause instanceof Error ? cause.message : String(cause);
  return withoutSecrets(message).replace(/\s*\n\s*/g, ' ');
}

function innermost(error: unknown): unknown {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return cause instanceof AggregateError ? cause.errors[0] : cause;
}

function reasonOf(error: unknown): string {
  const cause = innermost(error);
  return codeOf(cause) ?? (cause instanceof Error ? cause.message : 'no answer');
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
