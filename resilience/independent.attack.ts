import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { getDb } from '@/db/client';
import { connections } from '@/db/schema/connections';
import type { Actor } from '@/lib/actor';
import { sealSession, sessionCookie } from '@/lib/auth/cookie';
import { CodatError } from '@/lib/codat/errors';
import { refreshIntegrations } from '@/lib/codat/platforms/integrations';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { deleteCompany } from '@/lib/companies/staff/delete-company';
import { renameCompany, tagCompany } from '@/lib/companies/staff/edit-company';
import { rereadCompany } from '@/lib/companies/staff/reread-company';
import { disconnectConnection } from '@/lib/connections/disconnect';
import { removeConnection } from '@/lib/connections/remove-connection';
import { AppError } from '@/lib/errors';
import { copyLink } from '@/lib/linking/copy-link';
import { atOnce, runSweepStep } from '@/lib/sync/sweep/run-sweep';
import { storedCompany } from '@/testing/company-rows';
import { makeCompanyAtCodat, makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { startChild } from '@/tools/processes/child.mjs';
import { nodeBinary } from '@/tools/setup/node-binary.mjs';
import { attack, type Note } from './stack/attack';
import { hasJudge, Judge, type Way } from './stack/judge';
import { getPage } from './stack/person';
import { settings } from './stack/settings';
import { type Stack, startStack } from './stack/stack';

const about = { promise: 'Codat’s own schema', rounds: 1, timeoutMs: 180_000 } as const;

type Subject = { owner: Actor; companyId: string; connectionIds: string[] };

let stack: Stack;
let judge: Judge;
let admin: Actor;

/** A mock says what it likes, and the portal tells so in words of its own. */
async function attempt(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    const isTold = error instanceof AppError || error instanceof CodatError;
    if (judge.way === 'proxy' || !isTold) throw error;
  });
}

/** A customer whose company is at no Codat, with connections in each status. */
async function makeMocked(): Promise<Subject> {
  const { actor, companyId } = await makeCustomer();
  const statuses = ['Linked', 'PendingAuth', 'Deauthorized'];
  const rows = statuses.map((status) => ({ id: randomUUID(), companyId, status }));
  const about = { platformKey: 'gbol', platformName: 'Xero', sourceType: 'Accounting' };
  await getDb()
    .insert(connections)
    .values(rows.map((row) => ({ ...row, ...about })));
  return { owner: actor, companyId, connectionIds: rows.map(({ id }) => id) };
}

/** A customer at the local Codat, as the portal has set it up. */
async function makeReal(): Promise<Subject> {
  const { actor, companyId, codatCompanyId } = await makeCompanyAtCodat();
  for (const status of ['Linked', 'PendingAuth', 'Deauthorized']) {
    await stack.codat.addConnection(codatCompanyId, status === 'Linked' ? 'gbol' : 'exgd', status);
  }
  await rereadCompany(admin, companyId, noContext);
  const known = await getDb()
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.companyId, companyId))
    .orderBy(connections.codatCreatedAt);
  return { owner: actor, companyId, connectionIds: known.map(({ id }) => id) };
}

async function openPages({ owner, companyId, connectionIds }: Subject): Promise<void> {
  const as = async ({ sessionId, userId }: Actor) =>
    `${sessionCookie().name}=${await sealSession(sessionId, userId)}`;
  const customer = ['/connections', '/connect', '/account'];
  const staff = ['', '/companies', '/connections', '/changes', '/sweeps', '/webhooks', '/settings'];
  const pages: [Actor, string][] = [
    ...[...customer, ...connectionIds.map((id) => `/connections/${id}`)].map(
      (path): [Actor, string] => [owner, path],
    ),
    ...[...staff, `/companies/${companyId}`, `/companies/${companyId}/edit`].map(
      (path): [Actor, string] => [admin, `/admin${path}`],
    ),
  ];
  for (const [actor, path] of pages) {
    const { status } = await getPage(`${stack.portals[0]?.url}${path}`, await as(actor));
    expect([path, status >= 200 && status < 500]).toEqual([path, true]);
  }
}

/** doctor and setup as an engineer runs them; neither may break off with a stack trace. */
async function runCommand(name: string, ...args: string[]): Promise<void> {
  const child = startChild(stack.lifetime, {
    name,
    command: nodeBinary(),
    args: [`${settings.portalDir}/commands/${name}.mjs`, ...args],
    cwd: settings.portalDir,
    env: stack.env,
    log: `${settings.folder}/independent/logs/${judge.way}-${name}.log`,
  });
  expect([0, 1]).toContain(await child.exited);
  expect(child.tail()).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
}

const operations = [
  ...['GET /companies', 'POST /companies', 'GET /companies/…'],
  ...['DELETE /companies/…', 'PATCH /companies/…/connections/…', 'GET /integrations'],
  ...['DELETE /companies/…/connections/…', 'GET /profile', 'GET /webhooks'],
];

/** Every call that the portal, its jobs, doctor and setup make. */
async function useEverything(way: Way, note: Note): Promise<void> {
  judge.begin(way);
  const make = way === 'proxy' ? makeReal : makeMocked;
  // Each of their own: once a mock has been read, they have no connection that they had before.
  for (const end of [disconnectConnection, removeConnection]) {
    const { companyId, connectionIds } = await make();
    await attempt(end(admin, { companyId, connectionId: connectionIds[0] ?? '' }, noContext));
  }
  const subject = await make();
  const { companyId, connectionIds } = subject;
  const link = { companyId, connectionId: connectionIds[1] };
  await attempt(refreshIntegrations());
  await attempt(provisionCompany((await makeCustomer({ codatCompanyId: null })).companyId));
  await attempt(copyLink(admin, { companyId, connectionId: undefined }, noContext));
  await attempt(copyLink(admin, link, noContext));
  await openPages(subject);
  await attempt(renameCompany(admin, { companyId, name: 'Orchard & Söhne' }, noContext));
  await attempt(tagCompany(admin, { companyId, shown: {}, tags: { region: 'uk' } }, noContext));
  for (let page = 0; page < 3; page += 1) await attempt(runSweepStep(atOnce));
  await runCommand('codat-setup', '--yes');
  await runCommand('doctor', '--json');
  await attempt(rereadCompany(admin, companyId, noContext));
  await openPages(subject);
  const { name } = await storedCompany(companyId);
  await attempt(deleteCompany(admin, { companyId, typed: name }, noContext));
  await openPages(subject);

  expect(judge.violations).toEqual([]);
  expect(judge.operations).toEqual(expect.arrayContaining(operations));
  note('calls', judge.calls.length);
  note('operations', judge.operations.length);
}

describe.skipIf(!hasJudge)('the published OpenAPI as judge', () => {
  beforeAll(async () => {
    stack = await startStack({
      name: 'independent',
      portals: 1,
      before: async (lifetime, codatUrl) => {
        judge = await Judge.start(lifetime, codatUrl);
        return judge.url;
      },
    });
    admin = await makeOperator('admin');
  }, 120_000);
  afterAll(() => stack?.stop());

  attack(
    'Every call and every answer of the local Codat before `prism proxy`',
    { ...about, holds: 'neither violates Codat’s published schema; a wrong call is seen' },
    async (note) => {
      await useEverything('proxy', note);
      expect(judge.operations).toContain('PATCH /companies/…');
      const authorization = `Basic ${btoa(stack.codat.apiKey)}`;
      const headers = { authorization, 'content-type': 'application/json' };
      const wrong = { method: 'POST', headers, body: JSON.stringify({ name: 5 }) };
      await fetch(`${judge.url}/companies`, wrong);
      expect(judge.violations).toEqual([expect.stringContaining('name must be string')]);
    },
  );

  attack(
    'Answers at random, as `prism mock --dynamic` makes them of the schema',
    { ...about, holds: 'every page is there, nothing breaks off, every call stays valid' },
    (note) => useEverything('dynamic', note),
  );

  attack(
    'Codat’s published examples as answers, whatever was asked (`prism mock`)',
    { ...about, holds: 'every page is there, nothing breaks off, every call stays valid' },
    (note) => useEverything('static', note),
  );
});
