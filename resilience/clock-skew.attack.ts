import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { attack } from './stack/attack';
import { findDifferences } from './stack/compare';
import { connectionEvent, deliver, newWebhookId } from './stack/deliver';
import { type FormAnswer, openForm, sendForm } from './stack/form';
import type { Portal } from './stack/portal';
import { rounds } from './stack/settings';
import { sweepOnce, untilQuiet } from './stack/settle';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const minute = 60_000;
const count = rounds({ short: 2, long: 10 });
let stack: Stack;

beforeAll(async () => {
  const clockShiftsMs = [10 * minute, -10 * minute];
  stack = await startStack({ name: 'clock-skew', portals: 2, clockShiftsMs });
  await stack.codat.set({ initialReadDelayMs: 3_600_000 });
}, 60_000);
afterAll(() => stack?.stop());

type Step = { at: Portal; path: string; cookie?: string; button?: string; fields?: object };

async function send({ at, path, cookie = '', button, fields }: Step): Promise<FormAnswer> {
  const form = {
    ...{ url: at.url, appUrl: stack.env.APP_URL ?? '', path, cookie, fields: { ...fields } },
    ...(button && { button }),
  };
  const answer = await sendForm(form, await openForm(form));
  expect([path, answer.status]).toEqual([path, 303]);
  return answer;
}

type Company = { id: string; codatCompanyId: string };

async function signUp(at: Portal): Promise<{ cookie: string; company: Company }> {
  const mark = randomUUID().slice(0, 8);
  const email = `robin-${mark}@example.com`;
  const names = { name: `Robin ${mark}`, businessName: `Bakery ${mark}` };
  const fields = { ...names, email, password: `kettle drum ${mark}` };
  const { cookie } = await send({ at, path: '/sign-up', fields });
  const company = await until('the company is set up', minute, async () => {
    const { rows } = await stack.db.query<Company>(
      `select companies.id, codat_company_id as "codatCompanyId" from users
       join memberships on memberships.user_id = users.id
       join companies on companies.id = memberships.company_id
       where users.email = $1 and codat_company_id is not null`,
      [email],
    );
    return rows[0];
  });
  return { cookie: cookie ?? '', company };
}

/** By how many minutes the clock of the process was off that a person signed up at. */
async function clockOff(company: Company): Promise<number | undefined> {
  const { rows } = await stack.db.query<{ minutes: number }>(
    `select round(extract(epoch from expires_at - now() - interval '14 days') / 60)::int as minutes
     from sessions join memberships on memberships.user_id = sessions.user_id
     where memberships.company_id = $1`,
    [company.id],
  );
  return rows[0]?.minutes;
}

async function statusOf(connectionId: string): Promise<string | undefined> {
  const { rows } = await stack.db.query<{ status: string }>(
    'select status from connections where id = $1 and removed_at is null',
    [connectionId],
  );
  return rows[0]?.status;
}

const isStatus = (connectionId: string, status: string) =>
  until(`it is ${status}`, 20_000, async () => (await statusOf(connectionId)) === status);

/** A read by a worker whose answer, true when it was made, comes three seconds late. */
async function beginLateRead({ id, codatCompanyId }: Company): Promise<void> {
  const path = `/companies/${codatCompanyId}`;
  await stack.codat.misbehave({
    method: 'GET',
    path,
    afterEffect: true,
    latencyMs: 3000,
    times: 1,
  });
  const due = 'update company_reads set read_due_at = now() where company_id = $1';
  await stack.db.query(due, [id]);
  await until('a read is under way', 10_000, async () => {
    const { rows } = await stack.db.query(
      'select from company_reads where company_id = $1 and read_lease_until > now()',
      [id],
    );
    return rows.length > 0;
  });
  await sleep(300);
}

attack(
  'Sign-up, hand-off, return, webhooks, disconnect and sweep with two processes whose clocks are ten minutes ahead and ten behind',
  {
    promise: 'The truth wins',
    holds:
      'every webhook is taken; a read that began before a disconnect never undoes it; the portal ends equal to Codat, and its history says what happened',
    rounds: count,
    timeoutMs: 300_000,
  },
  async (note) => {
    const [ahead, behind] = stack.portals;
    if (!ahead || !behind) throw new Error('no portals');
    let webhooks = 0;
    for (let round = 0; round < count; round += 1) {
      const [one, other] = round % 2 === 0 ? [ahead, behind] : [behind, ahead];
      const { cookie, company } = await signUp(one);
      expect(await clockOff(company)).toBe(one === ahead ? 10 : -10);
      const handOff = { at: other, path: '/connect', cookie, fields: { consent: 'yes' } };
      const { location } = await send(handOff);
      const state = new URL(location ?? '').searchParams.get('state');
      const { id } = await stack.codat.addConnection(company.codatCompanyId, 'gbol', 'Linked');
      const query = `state=${state}&statusCode=200&connectionId=${id}`;
      const back = await fetch(`${one.url}/link/return?${query}`, {
        headers: { cookie },
        redirect: 'manual',
      });
      expect(back.headers.get('location')).toContain('/link/done/');
      await isStatus(id, 'Linked');

      // What Codat says now is said to both processes, and both believe its signature.
      for (const portal of [ahead, behind]) {
        for (const status of ['Deauthorized', 'Linked']) {
          await stack.codat.act(id, status === 'Linked' ? 'authorize' : 'deauthorize');
          const event = connectionEvent(
            status === 'Linked' ? 'connection.reconnected' : 'connection.disconnected',
            company.codatCompanyId,
            { id, status },
          );
          const { status: answer } = await deliver(stack, portal.url, newWebhookId(), event);
          expect(answer).toBe(204);
          await isStatus(id, status);
          webhooks += 1;
        }
      }
      await untilQuiet(stack);

      await beginLateRead(company);
      const path = `/connections/${id}/disconnect`;
      await send({ at: other, path, cookie, button: 'Disconnect Xero' });
      const seen = new Set<string | undefined>();
      for (const endAt = performance.now() + 5000; performance.now() < endAt; ) {
        seen.add(await statusOf(id));
        await sleep(100);
      }
      expect([...seen]).toEqual(['Unlinked']);
      await untilQuiet(stack);
      await sweepOnce(stack);
      expect(await findDifferences(stack.db, await stack.codat.listCompanies())).toEqual([]);
      await checkHistory(company.id, id);
    }
    note('webhooks, of which none was refused', webhooks);
    expect((await stack.codat.deliveries()).flatMap(({ attempts }) => attempts)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ status: 401 })]),
    );
  },
);

/** Nothing was linked again after the disconnect, and nobody came back before they had left. */
async function checkHistory(companyId: string, connectionId: string): Promise<void> {
  const { rows } = await stack.db.query<{ to: string; source: string }>(
    `select to_status as to, source from connection_status_changes
     where connection_id = $1 order by recorded_at`,
    [connectionId],
  );
  const ended = rows.findIndex(({ to }) => to === 'Unlinked');
  expect(ended).toBeGreaterThan(0);
  expect(new Set(rows.slice(ended).map(({ to }) => to))).toEqual(new Set(['Unlinked']));
  expect(rows.slice(ended).map(({ source }) => source)).toContain('customer');
  const { rows: ways } = await stack.db.query<{ forwards: boolean }>(
    `select returned_at >= handed_off_at and handed_off_at >= started_at as forwards
     from link_sessions where company_id = $1`,
    [companyId],
  );
  expect(ways).toEqual([{ forwards: true }]);
}
