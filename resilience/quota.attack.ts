import { afterAll, beforeAll, expect } from 'vitest';
import { getDb } from '@/db/client';
import { enqueueProvisioning, stopBoss } from '@/lib/runtime/jobs/boss';
import { runSweepStep } from '@/lib/sync/sweep/run-sweep';
import { makeCustomer } from '@/testing/make-customer';
import { attack } from './stack/attack';
import { type FormAnswer, openForm, sendForm } from './stack/form';
import { inTens } from './stack/in-tens';
import { noteTimes } from './stack/measure';
import { getPage, type Person, signedInOwner } from './stack/person';
import { rounds } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const handOffs = rounds({ short: 200, long: 1000 });
const known = rounds({ short: 60, long: 240 });
const setUps = rounds({ short: 4, long: 12 });
const watchMs = rounds({ short: 8000, long: 45_000 });
/** What the gate allows within any minute. */
const mostCallsAMinute = 600;

let stack: Stack;
let stranger: Person;
/** All companies of the stranger, at Codat. */
let theirs: string[];
let waiting: Person[];
let others: string[];

beforeAll(async () => {
  stack = await startStack({ name: 'quota', portals: 2 });
  const owner = async (name: string) => signedInOwner((await stack.codat.createCompany(name)).id);
  stranger = await owner('Stranger Ltd');
  theirs = [stranger.codatCompanyId];
  const { rows } = await stack.db.query<{ user_id: string }>(
    'select user_id from memberships where company_id = $1',
    [stranger.companyId],
  );
  for (let i = 0; i < 5; i += 1) {
    const another = await owner(`Stranger ${i}`);
    theirs.push(another.codatCompanyId);
    await stack.db.query(
      `insert into memberships (company_id, user_id, role) values ($1, $2, 'owner')`,
      [another.companyId, rows[0]?.user_id],
    );
  }
  waiting = [];
  for (let i = 0; i < 5; i += 1) waiting.push(await owner(`Waiting ${i}`));
  others = [];
  for (let i = 0; i < known; i += 1) others.push((await owner(`Other ${i}`)).codatCompanyId);
  // A quota that the calls of the test itself don't count against.
  await stack.codat.set({ dailyQuota: 50_000 });
}, 180_000);
afterAll(async () => {
  await stopBoss(1000);
  await stack?.stop();
});

const about = { promise: 'Codat’s bad days' } as const;

attack(
  'Hand-offs, returns and disconnects by one person, through two processes',
  {
    ...about,
    holds: 'at most 60 calls to Codat in ten minutes; another person leaves meanwhile',
    rounds: handOffs,
    timeoutMs: 300_000,
  },
  async (note) => {
    const companies = await companyIdsOf(theirs);
    const { id: connectionId } = await stack.codat.addConnection(
      stranger.codatCompanyId,
      'gbol',
      'PendingAuth',
    );
    await until('the connection is known', 30_000, () => isKnown(connectionId));
    // Named by the field that no other form of the page has.
    const consent = { consent: 'yes' };
    const opened = await openForm({ ...connectForm(stranger, 0), fields: consent });
    await stack.codat.forgetRequests();
    const states: string[] = [];
    let refused = 0;
    await inTens(Array.from({ length: handOffs }), async (_, index) => {
      const companyId = companies[index % companies.length] ?? '';
      const answer = await sendForm(connectForm({ ...stranger, companyId }, index % 2), opened);
      const state = stateOf(answer);
      if (state) states.push(state);
      else refused += Number(/role="alert"/.test(answer.text) && /Try again in/.test(answer.text));
    });
    for (const [index, state] of states.entries()) {
      const url = `${stack.portals[index % 2]?.url}/link/return?state=${state}&statusCode=200`;
      expect((await getPage(url, stranger.cookie)).status).toBe(303);
    }
    const path = `/connections/${connectionId}/disconnect`;
    for (let i = 0; i < 15; i += 1) {
      const form = {
        ...connectForm(stranger, i % 2),
        ...{ path, fields: { connectionId } },
      };
      const page = await openForm(form).catch(() => null);
      if (page) await sendForm(form, page);
    }
    const calls = (await stack.codat.requests()).filter((call) => isAbout(call.path, theirs));
    note('let out', states.length);
    note('calls to Codat', calls.length);
    expect(states.length).toBeGreaterThanOrEqual(20);
    expect(states.length + refused).toBe(handOffs);
    expect(calls.length).toBeLessThanOrEqual(60);
    const other = await leave(waiting[0], 1);
    note('another person leaves after, ms', Math.round(other.ms));
    expect(stateOf(other)).not.toBeNull();
    expect(other.ms).toBeLessThan(5000);
  },
);

attack(
  'A 429 of ten hours in the middle of reads, setups and a sweep, with two processes',
  {
    ...about,
    holds:
      'at most one background call until then; people are answered within 5 s; afterwards everything catches up within the calls of a minute',
    rounds: 1,
    timeoutMs: 600_000,
  },
  async (note) => {
    const unmade: string[] = [];
    for (let i = 0; i < setUps; i += 1) {
      unmade.push((await makeCustomer({ codatCompanyId: null })).companyId);
    }
    await stack.codat.misbehave({ path: '/', latencyMs: 150 });
    await stack.codat.forgetRequests();
    const startedAt = new Date();
    await wishReads();
    for (const id of unmade) await enqueueProvisioning(getDb(), id, { now: true });
    void runSweepStep().catch(() => {});
    await until('reads are under way', 20_000, async () => (await calls()).length >= 5);
    await stack.codat.behave();
    await stack.codat.misbehave({ path: '/', status: 429, retryAfter: 36_000, latencyMs: 150 });
    const refusedAt = await until('Codat has refused a call', 20_000, async () => {
      const first = (await calls()).find(({ status }) => status === 429);
      return first && Date.parse(first.at);
    });
    await wishReads();
    const times: number[] = [];
    for (let i = 0; Date.now() < refusedAt + watchMs; i += 1) {
      const { status, text, ms } = await leave(waiting[i % waiting.length], i % 2);
      times.push(ms);
      expect([status, /role="alert"/.test(text)]).toEqual([200, true]);
      // This process does as any other would.
      expect(await runSweepStep()).toBe('busy');
      await sleep(700);
    }
    noteTimes(note, 'a person is answered', times);
    expect(Math.max(...times)).toBeLessThan(5000);
    // What was under way when the first was refused has ended by then.
    const after = (await calls()).filter(({ at }) => Date.parse(at) > refusedAt + 1000);
    const people = waiting.map(({ codatCompanyId }) => codatCompanyId);
    const ofPeople = after.filter(({ path }) => isAbout(path, people)).length;
    note('calls for people while blocked', ofPeople);
    note('background calls while blocked', after.length - ofPeople);
    expect(after.length - ofPeople).toBeLessThanOrEqual(1);
    expect(ofPeople).toBeLessThanOrEqual(1 + Math.ceil(watchMs / 30_000));

    await stack.codat.behave();
    const goodAt = Date.now();
    await until('someone is let out', 60_000, async () => {
      await sleep(4000);
      return stateOf(await leave(waiting.at(-1), 0));
    });
    note('someone is let out after, s', Math.round((Date.now() - goodAt) / 1000));
    await until('everything has caught up', 240_000, async () => {
      const { rows } = await stack.db.query<{ left: number }>(
        `select (select count(*)::int from company_reads join companies on id = company_id
           where codat_company_id = any($1) and (read_at is null or read_at < $2))
         + (select count(*)::int from companies where id = any($3) and codat_company_id is null)
         as left`,
        [others, startedAt, unmade],
      );
      return rows[0]?.left === 0;
    });
    note('everything has caught up after, s', Math.round((Date.now() - goodAt) / 1000));
    const most = mostInAMinute((await calls()).map(({ at }) => Date.parse(at)));
    note('most calls within a minute', most);
    expect(most).toBeLessThanOrEqual(mostCallsAMinute);
  },
);

const connectForm = (person: Person, process: number) => ({
  url: stack.portals[process]?.url ?? '',
  appUrl: stack.env.APP_URL ?? '',
  path: `/connect?business=${person.companyId}`,
  cookie: person.cookie,
  fields: { companyId: person.companyId, consent: 'yes' },
});

async function leave(person: Person | undefined, process: number): Promise<FormAnswer> {
  if (!person) throw new Error('no person');
  const form = connectForm(person, process);
  return sendForm(form, await openForm(form));
}

/** The `state` that a person left for Hosted Link with; null when they were not let out. */
function stateOf({ location }: FormAnswer): string | null {
  return location ? new URL(location, 'http://x').searchParams.get('state') : null;
}

const calls = () => stack.codat.requests();
const isAbout = (path: string, ids: string[]) => ids.some((id) => path.includes(id));

async function wishReads(): Promise<void> {
  await stack.db.query(
    `update company_reads set read_due_at = now() from companies
     where id = company_id and codat_company_id = any($1)
       and (read_lease_until is null or read_lease_until < now())`,
    [others],
  );
}

async function companyIdsOf(codatIds: string[]): Promise<string[]> {
  const { rows } = await stack.db.query<{ id: string }>(
    'select id from companies where codat_company_id = any($1)',
    [codatIds],
  );
  return rows.map(({ id }) => id);
}

async function isKnown(connectionId: string): Promise<boolean> {
  const { rowCount } = await stack.db.query('select from connections where id = $1', [
    connectionId,
  ]);
  return rowCount === 1;
}

function mostInAMinute(times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to += 1) {
    while ((sorted[to] ?? 0) - (sorted[from] ?? 0) >= 60_000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
