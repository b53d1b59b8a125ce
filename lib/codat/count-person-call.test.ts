import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { getDb } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';
import { connections, linkSessions } from '@/db/schema/connections';
import { throttleHits } from '@/db/schema/people';
import { companyReads } from '@/db/schema/sync';
import { disconnect } from '@/lib/connections/disconnect';
import { recordReturn } from '@/lib/linking/record-return';
import { startLink } from '@/lib/linking/start-link';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, noContext } from '@/testing/make-customer';
import { countPersonCall } from './count-person-call';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(() => codat?.stop());
beforeEach(async () => {
  await codat.control('DELETE', '/faults');
  await getDb().delete(throttleHits);
});

type Customer = Awaited<ReturnType<typeof makeCompanyAtCodat>>;
const handOff = ({ actor, companyId }: Customer, context = noContext) =>
  startLink(actor, { companyId, consent: 'yes' }, context);
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { ref?: { messageKey: string } }) => error.ref?.messageKey,
  );
const actorOf = () => ({ userId: crypto.randomUUID() });
const count = (actor: { userId: string }, kind: Parameters<typeof countPersonCall>[1]['kind']) =>
  outcomeOf(countPersonCall(actor, { kind, companyId: crypto.randomUUID() }));

it('lets one person leave ten times in ten minutes, says when again, and asks Codat no more', async () => {
  const customer = await makeCompanyAtCodat();
  await codat.control('DELETE', '/requests');
  const outcomes = [];
  for (let i = 0; i < 40; i += 1) outcomes.push(await outcomeOf(handOff(customer)));
  expect(outcomes.slice(0, 10)).toEqual(Array(10).fill('done'));
  expect(new Set(outcomes.slice(10))).toEqual(new Set(['errors.callsThrottled']));
  expect(await codat.calls()).toHaveLength(10);
  await expect(handOff(customer)).rejects.toMatchObject({
    ref: { params: { minutes: expect.any(Number), hours: 0 } },
  });
  // Someone else is not held up by it.
  expect(await outcomeOf(handOff(await makeCompanyAtCodat()))).toBe('done');
});

it('counts a person’s calls of all kinds and companies together: sixty in any ten minutes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const actor = actorOf();
    let done = 0;
    const tryAll = async () => {
      for (let i = 0; i < 100; i += 1) {
        const kind = (['hand-off', 'return', 'disconnect'] as const)[i % 3] ?? 'return';
        if ((await count(actor, kind)) === 'done') done += 1;
      }
    };
    const window = Math.ceil(Date.now() / 600_000) * 600_000;
    vi.setSystemTime(window + 599_000);
    await tryAll();
    vi.setSystemTime(window + 601_000);
    await tryAll();
    expect(done).toBe(60);
  } finally {
    vi.useRealTimers();
  }
});

it('gives no person more than a tenth of the day, and no place more than a quarter', async () => {
  await getDb().delete(codatQuota);
  await getDb().insert(codatQuota).values({ id: 1, dailyLimit: 2000, remaining: 2000 });
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const day = Math.ceil(Date.now() / 86_400_000) * 86_400_000;
    const context = { ...noContext, ipAddress: '2001:db8:1:2:3:4:5:6' };
    let ofPlace = 0;
    for (let person = 0; person < 4; person += 1) {
      const actor = actorOf();
      let ofPerson = 0;
      for (let window = 0; window < 12; window += 1) {
        vi.setSystemTime(day + (person * 12 + window) * 600_000);
        for (let i = 0; i < 31; i += 1) {
          // Each from another address of one network.
          context.ipAddress = `2001:db8:1:2::${(person * 400 + i).toString(16)}`;
          const call = { kind: 'hand-off', companyId: crypto.randomUUID(), context } as const;
          const outcome = await outcomeOf(countPersonCall(actor, call));
          if (outcome === 'done') ofPerson += 1;
        }
      }
      expect(ofPerson).toBe(person < 2 ? 200 : person === 2 ? 100 : 0);
      ofPlace += ofPerson;
    }
    expect(ofPlace).toBe(500);
  } finally {
    vi.useRealTimers();
  }
});

it('gives staff more room, and counts no place for them', async () => {
  const actor = actorOf();
  const outcomes = [];
  for (let i = 0; i < 61; i += 1) outcomes.push(await count(actor, 'change'));
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(60);
  expect(outcomes.at(-1)).toBe('errors.staff.callsThrottled');
});

it('records a return that comes too often, and reads in the background', async () => {
  const customer = await makeCompanyAtCodat();
  const { actor, companyId } = customer;
  const url = await handOff(customer);
  if (url === 'consent-needed') throw new Error('consent needed');
  const state = new URL(url.url).searchParams.get('state');
  for (let i = 0; i < 10; i += 1) await countPersonCall(actor, { kind: 'return', companyId });
  await codat.control('DELETE', '/requests');
  const query = { statusCode: '200', connectionId: null, errorMessage: null };
  const linkSessionId = await recordReturn(actor, { companyId: null, state, ...query });
  expect(await codat.calls()).toEqual([]);
  const [session] = await getDb()
    .select()
    .from(linkSessions)
    .where(eq(linkSessions.id, linkSessionId ?? ''));
  expect(session).toMatchObject({ statusCode: '200', verified: false });
  expect(session?.returnedAt).not.toBeNull();
  const [reads] = await getDb()
    .select()
    .from(companyReads)
    .where(eq(companyReads.companyId, companyId));
  expect(reads?.readDueAt).not.toBeNull();
});

it('lets no one ask to disconnect without end', async () => {
  const { actor, companyId, codatCompanyId } = await makeCompanyAtCodat();
  const { id } = (await codat.control('POST', `/companies/${codatCompanyId}/connections`, {
    ...{ platformKey: 'gbol', status: 'PendingAuth' },
  })) as { id: string };
  await getDb().insert(connections).values({
    id,
    companyId,
    platformName: 'Xero',
    sourceType: 'Accounting',
    status: 'PendingAuth',
  });
  await codat.control('DELETE', '/requests');
  const outcomes = [];
  for (let i = 0; i < 12; i += 1) outcomes.push(await outcomeOf(disconnect(actor, id)));
  expect(outcomes.slice(0, 10)).toEqual(Array(10).fill('errors.connectionNotLinked'));
  expect(outcomes.slice(10)).toEqual(Array(2).fill('errors.callsThrottled'));
  expect(await codat.calls()).toHaveLength(10);
});

it('answers a person in words and fast while Codat wants us to wait', async () => {
  const [one, two] = [await makeCompanyAtCodat(), await makeCompanyAtCodat()];
  await codat.control('POST', '/faults', {
    ...{ path: '/companies', status: 429, retryAfter: 36_000, times: null },
  });
  expect(await outcomeOf(handOff(one))).toBe('errors.codatBusy');
  const calls = (await codat.calls()).length;
  const startedAt = performance.now();
  // One finds out, the rest believe it.
  for (let i = 0; i < 5; i += 1) expect(await outcomeOf(handOff(two))).toBe('errors.codatBusy');
  await expect(handOff(two)).rejects.toMatchObject({ ref: { params: { hours: 10 } } });
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect((await codat.calls()).length - calls).toBe(1);
});
