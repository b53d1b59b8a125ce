import type { StoredConnectionError, StoredReadFailure } from '@/db/schema/connections';
import type { StopReason } from '@/lib/sync/schemas';

/** What is known of a connection's data, as it is stored. */
export type HealthFacts = {
  status: string;
  sourceType: string;
  platformKey: string | null;
  errors: StoredConnectionError[];
  readFailure: StoredReadFailure | null;
  lastSyncAt: Date | null;
  dataAt: Date | null;
  linkedAt: Date | null;
  codatCreatedAt: Date | null;
  firstKnownAt: Date;
  /** As last judged. */
  stoppedWhy: StopReason | null;
};

/** By what age is judged. Hours are the longest interval of a schedule; 0: nothing is scheduled. */
export type HealthRules = {
  now: Date;
  /** When Codat was last read: what came since is unknown here. */
  knownAt: Date | null;
  /** By the Codat client's sync settings; null: they can't be read. */
  clientHours: number | null;
  /** By the company's own, as long as they count as known. */
  companyHours: number | null;
  companyAskAgainAt: Date | null;
  /** The operator's own bounds in milliseconds, by source type in lower case. */
  bounds: Record<string, number>;
};

/** `since`: the last sign that data came; `becameAt`: when it turned out not to. */
export type Stop = { why: StopReason; since: Date; becameAt: Date };

export type Health = {
  stopped: Stop | null;
  /** When time without an event may change this; null: never. */
  lookAt: Date | null;
  /** Whether the company's own sync settings decide, and are unknown. */
  ask: boolean;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const lookAgainMs = hourMs / 2;

/**
 * Whether data comes through a connection. Only one that is `Linked` can have stopped: because of an
 * error at Codat that is open, of reads that fail, or because nothing has come for longer than it
 * should, in this order. Nothing that data has come after counts.
 */
export function judgeHealth(facts: HealthFacts, rules: HealthRules): Health {
  if (facts.status !== 'Linked') return { stopped: null, lookAt: null, ask: false };
  const fault = newestFault(facts);
  if (!fault) return judgeAge(facts, rules);
  const since = lastData(facts) ?? facts.linkedAt ?? fault.at ?? bornAt(facts);
  const stopped = { why: fault.why, since, becameAt: fault.at ?? since };
  return { stopped, lookAt: null, ask: false };
}

function judgeAge(facts: HealthFacts, rules: HealthRules): Health {
  const fine = { stopped: null, lookAt: null, ask: false };
  const bound = boundOf(facts, rules);
  if (!bound) return fine;
  const since = lastData(facts) ?? facts.linkedAt ?? bornAt(facts);
  const waitsFrom = latest([since, linkedAgain(facts)]) ?? since;
  const becameAt = new Date(waitsFrom.getTime() + bound.ms);
  if (becameAt > rules.now) return { ...fine, lookAt: becameAt };
  // What we hold may be older than what Codat has: a sweep or a read tells.
  if (!rules.knownAt || rules.knownAt < becameAt) {
    return { ...fine, lookAt: new Date(rules.now.getTime() + lookAgainMs) };
  }
  const overdue: Stop = { why: 'overdue', since, becameAt };
  if (!bound.ask) return { stopped: overdue, lookAt: bound.lookAgainAt, ask: false };
  const isSo = facts.stoppedWhy === 'overdue';
  return { stopped: isSo ? overdue : null, lookAt: rules.now, ask: true };
}

/** Codat reads these on a schedule. Bank feeds, expenses and uploads are not read. */
const scheduled = ['accounting', 'banking', 'commerce'];
/** QuickBooks Desktop is read when its own connector says so, whatever Codat's settings are. */
const ownSchedule = ['pqsw'];

type Bound = { ms: number; ask: boolean; lookAgainAt: Date | null };

/** After how long without data something is wrong: twice the longest interval, and a day. */
function boundOf({ sourceType, platformKey }: HealthFacts, rules: HealthRules): Bound | null {
  const type = sourceType.toLowerCase();
  const ms = rules.bounds[type];
  if (ms !== undefined) return { ms, ask: false, lookAgainAt: null };
  if (!scheduled.includes(type) || ownSchedule.includes(platformKey ?? '')) return null;
  const hours = rules.companyHours ?? rules.clientHours;
  if (rules.clientHours === null || !hours) return null;
  return {
    ms: 2 * hours * hourMs + dayMs,
    ask: rules.companyHours === null,
    lookAgainAt: rules.companyAskAgainAt,
  };
}

function lastData(facts: HealthFacts): Date | null {
  return latest([facts.lastSyncAt, completedAt(facts)]);
}

/** The last completed read that we were told of, unless Codat's own last sync is far from it. */
function completedAt({ dataAt, lastSyncAt }: HealthFacts): Date | null {
  if (!dataAt || !lastSyncAt) return dataAt;
  return dataAt.getTime() - lastSyncAt.getTime() < dayMs ? dataAt : null;
}

/**
 * When somebody gave access again, from when on new data is waited for. A sync older than the connection
 * itself was not followed by such a moment.
 */
function linkedAgain({ linkedAt, lastSyncAt, codatCreatedAt }: HealthFacts): Date | null {
  const isOdd = lastSyncAt !== null && codatCreatedAt !== null && lastSyncAt < codatCreatedAt;
  return isOdd ? null : linkedAt;
}

function bornAt({ codatCreatedAt, firstKnownAt }: HealthFacts): Date {
  return codatCreatedAt ?? firstKnownAt;
}

function latest(dates: (Date | null)[]): Date | null {
  const times = dates.filter((date) => date !== null).map((date) => date.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

type Fault = { why: StopReason; at: Date | null };

function newestFault(facts: HealthFacts): Fault | null {
  const faults = [...openErrors(facts), ...failedRead(facts)];
  const atMs = ({ at }: Fault) => at?.getTime() ?? 0;
  return faults.sort((a, b) => atMs(b) - atMs(a))[0] ?? null;
}

/** Tells of the way to a connection, not of reading from it. */
const ofLinking = /^\s*(user cancelled|not supported)/i;

function openErrors(facts: HealthFacts): Fault[] {
  const { linkedAt } = facts;
  return facts.errors
    .filter(({ message, statusText }) => !ofLinking.test(message ?? statusText ?? ''))
    .map(({ at, state, statusCode }) => ({
      at: at ? new Date(at) : null,
      why: errorReason(statusCode),
      state,
    }))
    .filter(({ at, state }) => {
      if (state === 'Resolved' || (at && hasDataSince(facts, at))) return false;
      // Without a word of Codat's a new sign-in counts as the end of what was before it.
      return state === 'Active' || !at || !linkedAt || at > linkedAt;
    });
}

/** The code is the platform's own answer to Codat. */
function errorReason(statusCode: string | null): StopReason {
  if (statusCode === '401') return 'sign_in';
  return statusCode === '403' ? 'permission' : 'platform';
}

/**
 * A read stops nothing of which a data type was completed. One that ended in `AuthError` is a stop, for
 * no later one can do better; so is one of several data types. One of a single type is, if nothing else
 * came for a day.
 */
function failedRead(facts: HealthFacts): Fault[] {
  const { linkedAt, readFailure } = facts;
  if (!readFailure) return [];
  const at = new Date(readFailure.at);
  if (hasDataSince(facts, at) || (linkedAt && linkedAt > at)) return [];
  const why = failureReason(readFailure.status);
  const goodAt = lastData(facts);
  const isAlone = readFailure.dataTypes.length < 2;
  const cameLately = goodAt !== null && at.getTime() - goodAt.getTime() < dayMs;
  return why !== 'sign_in' && isAlone && cameLately ? [] : [{ why, at }];
}

/** What a data type's status in `read.completed` means; the rest is Codat's own processing. */
function failureReason(status: string): StopReason {
  if (status === 'AuthError') return 'sign_in';
  if (status === 'PermissionsError') return 'permission';
  return status === 'FetchError' || status === 'RateLimitError' ? 'platform' : 'reading';
}

/**
 * Whether data came after a moment: by a completed read, or a sync more than a day later. Codat doesn't
 * say whether `lastSync` moves with a sync that fails, so one shortly after proves nothing.
 */
function hasDataSince(facts: HealthFacts, at: Date): boolean {
  const isLater = (date: Date | null, byMs: number) =>
    date !== null && date.getTime() - at.getTime() >= byMs;
  return isLater(completedAt(facts), 0) || isLater(facts.lastSyncAt, dayMs);
}
