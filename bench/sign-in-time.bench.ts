import { getDb } from '@/db/client';
import { users } from '@/db/schema/people';
import { hashPassword } from '@/lib/auth/password';
import { signIn } from '@/lib/auth/sign-in';
import { benchmark, type Note } from './benchmark';
import { percentile } from './percentile';

const pairs = 200;

type Times = { known: number; unknown: number };

benchmark('A wrong password, for a known and an unknown account', { timeoutMs: 300_000 }, measure);

async function measure(note: Note): Promise<void> {
  for (let warm = 0; warm < 10; warm += 1) await takeTimes(true);
  const times: Times[] = [];
  for (let pair = 0; pair < pairs; pair += 1) times.push(await takeTimes(pair % 2 === 0));
  const median = (of: (pair: Times) => number) => percentile(times.map(of), 0.5);
  note('tries', 2 * pairs);
  note(
    'known, median ms',
    median(({ known }) => known),
  );
  note(
    'unknown, median ms',
    median(({ unknown }) => unknown),
  );
  // Compared within each pair, so that what slows down the machine slows down both.
  const ratio = median(({ known, unknown }) => known / unknown);
  note('known to unknown', ratio, { atLeast: 0.9, atMost: 1.1 });
}

/** One try at each of two fresh accounts, so that no limit is reached. */
async function takeTimes(knownFirst: boolean): Promise<Times> {
  const [email, nobody] = [address(), address()];
  const passwordHash = await hashPassword('correct horse');
  await getDb().insert(users).values({ email, name: 'N', passwordHash });
  if (knownFirst) return { known: await timeOf(email), unknown: await timeOf(nobody) };
  const unknown = await timeOf(nobody);
  return { known: await timeOf(email), unknown };
}

const address = () => `${crypto.randomUUID()}@example.com`;

async function timeOf(email: string): Promise<number> {
  const context = { requestId: 'bench', ipAddress: null, userAgent: crypto.randomUUID() };
  const start = performance.now();
  await signIn({ email, password: 'wrong' }, context).catch(() => {});
  return performance.now() - start;
}
