import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { revokeStaff } from '@/lib/auth/staff/revoke-staff';
import { attack } from './stack/attack';
import { openForm, sendForm } from './stack/form';
import { noteTimes } from './stack/measure';
import { getPage, LiveStream } from './stack/person';
import { rounds } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const count = rounds({ short: 1, long: 10 });
const withinMs = 5000;
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ name: 'sessions', portals: 2 });
}, 60_000);
afterAll(() => stack?.stop());

type Person = { name: string; businessName: string; email: string; password: string };

/** Somebody signed in on two devices, each at another process. */
type Scene = { person: Person; cookie: string; elsewhere: string };

async function send(
  process: number,
  form: { path: string; fields?: object; button?: string; cookie?: string },
): Promise<string> {
  const whole = {
    ...form,
    url: stack.portals[process]?.url ?? '',
    appUrl: stack.env.APP_URL ?? '',
    fields: { ...form.fields },
  };
  const { status, cookie, text } = await sendForm(whole, await openForm(whole));
  if (status !== 303) throw new Error(`${form.path}: ${status} ${text.slice(0, 200)}`);
  return cookie ?? '';
}

async function enter(role?: 'admin'): Promise<Scene> {
  const mark = randomUUID().slice(0, 8);
  const person = {
    name: `Robin ${mark}`,
    businessName: `Bakery ${mark}`,
    email: `robin-${mark}@example.com`,
    password: `kettle drum ${mark}`,
  };
  const cookie = await send(0, { path: '/sign-up', fields: person });
  const { email, password } = person;
  const elsewhere = await send(1, { path: '/sign-in', fields: { email, password } });
  if (role) {
    await stack.db.query(
      'insert into operator_roles (user_id, role) select id, $2 from users where email = $1',
      [email, role],
    );
  }
  return { person, cookie, elsewhere };
}

/** Ways in which sessions end, each begun at the first process. */
const ways: Record<
  string,
  {
    role?: 'admin';
    /** What the ended session had open, and what it answers from then on. */
    path: string;
    afterwards: number;
    /** Whether the session of the other device ends as well, and the live streams. */
    both: boolean;
    streams: boolean;
    act: (scene: Scene) => Promise<unknown>;
  }
> = {
  'sign-out': {
    path: '/connections',
    afterwards: 307,
    both: false,
    streams: true,
    act: ({ cookie }) => send(0, { path: '/connections', button: 'Sign out', cookie }),
  },
  'sign-out everywhere': {
    path: '/connections',
    afterwards: 307,
    both: true,
    streams: true,
    act: ({ cookie }) => send(0, { path: '/account', button: 'Sign out everywhere', cookie }),
  },
  'a change of password': {
    path: '/connections',
    afterwards: 307,
    both: true,
    streams: true,
    act: ({ cookie, person }) =>
      send(0, {
        path: '/account',
        fields: { currentPassword: person.password, newPassword: `${person.password} anew` },
        cookie,
      }),
  },
  disabling: {
    path: '/connections',
    afterwards: 307,
    both: true,
    streams: true,
    act: ({ person }) =>
      stack.db.query('update users set disabled_at = now() where email = $1', [person.email]),
  },
  'removal from the company': {
    path: '/connections',
    afterwards: 404,
    both: true,
    streams: false,
    act: ({ person }) =>
      stack.db.query(
        `update memberships set removed_at = now()
         where user_id = (select id from users where email = $1)`,
        [person.email],
      ),
  },
  'being taken off the staff': {
    role: 'admin',
    path: '/admin/companies',
    afterwards: 307,
    both: true,
    streams: true,
    act: ({ person }) =>
      revokeStaff({ kind: 'system', name: 'attack' }, person.email, { force: true }),
  },
  'loss of a role': {
    role: 'admin',
    path: '/admin/companies',
    afterwards: 404,
    both: true,
    streams: false,
    act: ({ person }) =>
      stack.db.query(
        `delete from operator_roles where user_id = (select id from users where email = $1)`,
        [person.email],
      ),
  },
};

attack(
  'Sign-out, sign-out everywhere, change of password, disabling, removal, loss of role, at one of two processes',
  {
    promise: 'Identity',
    holds: 'on both processes pages refuse the session, and its live streams end, within 5 s',
    rounds: count,
    timeoutMs: 300_000,
  },
  async (note) => {
    const [refused, ended]: [number[], number[]] = [[], []];
    for (let round = 0; round < count; round += 1) {
      await Promise.all(
        Object.keys(ways).map(async (way) => {
          const took = await end(way);
          refused.push(took.refusedMs);
          if (took.endedMs !== null) ended.push(took.endedMs);
        }),
      );
    }
    note('ways, each with two sessions', Object.keys(ways).length);
    noteTimes(note, 'refused by both', refused);
    noteTimes(note, 'streams ended', ended);
    for (const times of [refused, ended]) {
      expect(Math.max(...times)).toBeLessThan(withinMs);
    }
  },
);

async function end(way: string): Promise<{ refusedMs: number; endedMs: number | null }> {
  const { role, path, afterwards, both, streams, act } = ways[way] ?? never();
  const scene = await enter(role);
  const urls = stack.portals.map(({ url }) => url);
  const open: LiveStream[] = [];
  for (const url of urls) {
    for (const cookie of [scene.cookie, scene.elsewhere]) {
      expect([way, (await getPage(url + path, cookie)).status]).toEqual([way, 200]);
    }
    open.push(await LiveStream.open(stack.lifetime, url, scene.cookie));
  }
  await act(scene);
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;

  const gone = both ? [scene.cookie, scene.elsewhere] : [scene.cookie];
  const statuses = () =>
    Promise.all(
      urls.flatMap((url) => gone.map(async (cookie) => (await getPage(url + path, cookie)).status)),
    );
  await until(`${way}: pages refuse`, withinMs + 5000, async () =>
    (await statuses()).every((status) => status === afterwards),
  );
  const refusedMs = since();
  if (!both) {
    for (const url of urls) {
      expect((await getPage(url + path, scene.elsewhere)).status).toBe(200);
    }
  }
  if (!streams) return { refusedMs, endedMs: null };
  await until(`${way}: streams end`, withinMs + 5000, async () => {
    await sleep(50);
    return open.every((stream) => stream.end === 'closed' && stream.text.includes('event: end'));
  });
  return { refusedMs, endedMs: since() };
}

function never(): never {
  throw new Error('no such way');
}
