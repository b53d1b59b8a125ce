import 'server-only';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { countTry, type Throttle } from '@/lib/auth/throttle';
import { networkOf } from '@/lib/runtime/ip-address';
import type { RequestContext } from '@/lib/runtime/request-context';
import { lookAhead } from './gate-state';

/** What people do that costs a call or two: as customers, and as staff. */
const ofCustomers = ['hand-off', 'return', 'disconnect', 'passcode'] as const;
type PersonCall = (typeof ofCustomers)[number] | 'copy' | 'setup' | 'reread' | 'change';

/** Tries are counted by the clock, so that two of these may touch: at most twice the limit in any. */
const windowSeconds = 600;
const daySeconds = 86_400;

const ofOneKind = 10;
/** Of all kinds and companies: with the window before, sixty calls within any ten minutes. */
const ofOnePerson = 30;
/** Staff act for many companies. */
const ofOneOfStaff = 60;
/** One office or household, of which several may be customers. */
const ofOnePlace = 120;

/** The share of the day's quota that one of them can use, and what is always theirs. */
const daily = {
  person: { share: 0.1, least: 100 },
  place: { share: 0.25, least: 250 },
};

type Counted = {
  kind: PersonCall;
  companyId: string;
  context?: Pick<RequestContext, 'ipAddress'>;
};

/**
 * Counts one call that a person causes: by person and company, of all kinds by person, and by place,
 * so that no one can use up the quota that all customers share. A refused one counts nowhere.
 * @throws AppError `throttled`
 */
export async function countPersonCall(
  actor: Pick<Actor, 'userId'>,
  { kind, companyId, context }: Counted,
): Promise<void> {
  const db = getDb();
  const { dailyLimit } = await lookAhead(db, 'person');
  const dayLimit = ({ share, least }: (typeof daily)['person']) =>
    Math.max(least, Math.floor((dailyLimit ?? 0) * share));
  const { userId } = actor;
  const isStaff = !ofCustomers.some((one) => one === kind);
  const place = !isStaff && context?.ipAddress ? networkOf(context.ipAddress) : null;
  const throttles: Throttle[] = [
    { key: `codat:${kind}:${userId}:${companyId}`, limit: ofOneKind, windowSeconds },
    { key: `codat:${userId}`, limit: isStaff ? ofOneOfStaff : ofOnePerson, windowSeconds },
    { key: `codat-day:${userId}`, limit: dayLimit(daily.person), windowSeconds: daySeconds },
  ];
  if (place) {
    throttles.push(
      { key: `codat:${place}`, limit: ofOnePlace, windowSeconds },
      { key: `codat-day:${place}`, limit: dayLimit(daily.place), windowSeconds: daySeconds },
    );
  }
  const messageKey = isStaff ? 'staff.callsThrottled' : 'callsThrottled';
  await countTry(
    db,
    throttles.map((throttle) => ({ ...throttle, messageKey })),
  );
}
