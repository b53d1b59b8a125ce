import 'server-only';
import type { Executor } from '@/db/client';
import { AppError } from '@/lib/errors';
import { networkOf } from '@/lib/runtime/ip-address';
import type { RequestContext } from '@/lib/runtime/request-context';
import { type Counted, countTry } from './throttle';

const quarterHour = 900;
const hour = 3600;

/** Failed tries an hour at one account, from all strange devices together, before it gets tight. */
const calmTries = 50;
/** And before strange devices have to wait altogether. */
const mostTries = 600;

type Attempt = {
  email: string;
  context: Pick<RequestContext, 'ipAddress' | 'userAgent'>;
  /** The device, if this very account has signed in on it before. */
  knownDevice: string | null;
};

/**
 * Counts one attempt at a password. A device that has signed in to the account before has its own
 * budget, which no one else can use up. All others share: 10 attempts a quarter of an hour from one
 * place, and one an hour while the account is under attack. Unknown accounts count the same way.
 * @throws AppError `throttled`
 */
export async function countSignInTry(db: Executor, attempt: Attempt): Promise<Counted> {
  return (await countOnKnownDevice(db, attempt)) ?? (await countFromElsewhere(db, attempt));
}

async function countOnKnownDevice(
  db: Executor,
  { email, knownDevice }: Attempt,
): Promise<Counted | null> {
  if (!knownDevice) return null;
  const key = `sign-in:device:${knownDevice}:${email}`;
  return countTry(db, [{ key, limit: 10, windowSeconds: quarterHour }]).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'throttled') return null;
    throw error;
  });
}

async function countFromElsewhere(db: Executor, { email, context }: Attempt): Promise<Counted> {
  const place = placeOf(context);
  const counted: Counted[] = [];
  const takeBack = async () => {
    for (const one of counted) await one.takeBack();
  };
  const count = async (key: string, limit: number, windowSeconds: number) => {
    const one = await countTry(db, [{ key: `sign-in:${key}`, limit, windowSeconds }]);
    counted.push(one);
    return one.hits[0] ?? 0;
  };
  try {
    // From the narrowest to the widest: a place that is refused costs one cheap statement.
    await count(`${email}:${place}`, 10, quarterHour);
    if (context.ipAddress) await count(place, 50, quarterHour);
    const tight = (await count(`account:${email}`, mostTries, hour)) > calmTries;
    await count(`hour:${email}:${place}`, tight ? 1 : 40, hour);
  } catch (error) {
    await takeBack();
    throw error;
  }
  return { hits: counted.flatMap(({ hits }) => hits), takeBack };
}

/**
 * Where a try comes from: the address, of IPv6 the /64 that one household or server holds. Without
 * an address the browser's name, which an attacker can change but rarely guesses.
 */
function placeOf({ ipAddress, userAgent }: Attempt['context']): string {
  if (!ipAddress) return `browser:${userAgent ?? ''}`;
  return networkOf(ipAddress);
}
