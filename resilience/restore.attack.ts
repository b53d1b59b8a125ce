import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { getDb } from '@/db/client';
import { recordAudit } from '@/lib/audit/record-audit';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { stopBoss } from '@/lib/runtime/jobs/boss';
import { makeCustomer } from '@/testing/make-customer';
import { Lifetime } from '@/tools/processes/lifetime.mjs';
import { attack } from './stack/attack';
import { archiving, Backup } from './stack/backup';
import { findDifferences } from './stack/compare';
import { missingFrom, readEvidence } from './stack/evidence';
import { openForm, sendForm } from './stack/form';
import { inTens } from './stack/in-tens';
import { getPage, type Person, signedInOwner } from './stack/person';
import { Postgres } from './stack/postgres';
import { rounds } from './stack/settings';
import { sweepOnce, untilQuiet } from './stack/settle';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const customers = rounds({ short: 24, long: 240 });
const half = Array.from({ length: customers / 2 });
const lifetime = new Lifetime();
const postgres = new Postgres(lifetime, 'restore', archiving);
const minute = 60_000;
let stack: Stack;
let backup: Backup;

beforeAll(async () => {
  const databaseUrl = await postgres.start();
  stack = await startStack({ name: 'restore', portals: 1, databaseUrl, lifetime });
  // The portal's own next sweep is a quarter of an hour away.
  await stack.db.query('insert into sweeps (first_token, finished_at) values (0, now())');
  backup = new Backup(postgres.folder, stack.db);
}, 120_000);
afterAll(async () => {
  await stopBoss(1000).catch(() => {});
  await stack?.stop();
});

attack(
  'The database is destroyed and restored from its backup',
  {
    promise: 'The truth wins',
    holds:
      'everything archived is there to the last row; a sweep makes the portal equal to Codat again, and nothing is made twice there',
    rounds: 1,
    timeoutMs: 15 * minute,
  },
  async (note) => {
    const early = await inTens(half, makeBusiness);
    const forgotten = await makeCustomer({
      codatCompanyId: null,
      attention: 'provisioning',
      createdAt: new Date(Date.now() - 5 * minute),
    });
    // The worker of the portal would set it up at once.
    await stack.codat.misbehave({ method: 'POST', path: '/companies', status: 503 });
    const traffic = changeAll(early);
    await backup.take();
    await traffic;
    await stack.codat.behave();

    const late = await inTens(half, makeBusiness);
    await untilQuiet(stack);
    const kept = await readEvidence(stack.db);
    await backup.closeArchive();

    const archivedAt = performance.now();
    const everybody = [...early, ...late];
    expect(await provisionCompany(forgotten.companyId)).toBe('ready');
    await changeAll(everybody);
    await inTens(everybody, agree);
    const lost = await signUp();
    await untilQuiet(stack);
    expect((await readEvidence(stack.db)).length).toBeGreaterThan(kept.length);
    note('seconds of changes that were not archived', seconds(archivedAt));

    const [portal] = stack.portals;
    await Promise.all([portal?.kill(), postgres.crash()]);
    backup.destroy();
    await changeAll(early);

    const startedAt = performance.now();
    backup.restore();
    await postgres.start();
    await until('the archive is replayed', minute, isWritable);
    // Of the late ones every event was acknowledged and lost: nobody but the sweep can know.
    const lateIds = new Set(late.map(({ codatCompanyId }) => codatCompanyId));
    const ofLate = (await stack.codat.listCompanies()).filter(({ id }) => lateIds.has(id));
    const before = await findDifferences(stack.db, ofLate);
    expect(before.length).toBeGreaterThanOrEqual(late.length);
    await portal?.start();
    note('seconds from the backup to a portal that is ready', seconds(startedAt));

    expect(await missingFrom(stack.db, kept)).toEqual([]);
    for (const person of [early[0], late[0]]) {
      const page = await getPage(`${portal?.url}/connections`, person?.cookie);
      expect(page.status).toBe(200);
    }
    expect(await provisionCompany(forgotten.companyId)).toBe('ready');
    expect(await stack.codat.listCompanies(`uid=${forgotten.companyId}`)).toHaveLength(1);

    await sweepOnce(stack);
    expect(await findDifferences(stack.db, ofLate)).toEqual([]);
    // Of the early ones Codat sends now what it could not deliver: such an event may set a connection
    // back for a moment, and asks for the read that sets it right.
    await untilEqual();
    expect(await missingFrom(stack.db, kept)).toEqual([]);
    note('businesses', customers);
    note('rows of consent and audit that were kept', kept.length);
    note('connections that differed and of which no event was to come', before.length);

    // Who signed up after the last archived moment is gone; their company is staff's to assign.
    const { rows } = await stack.db.query('select from users where email = $1', [lost.email]);
    expect(rows).toHaveLength(0);
    const [atCodat] = (await stack.codat.listCompanies()).filter(
      ({ description }) => description === lost.businessName,
    );
    const unassigned = await stack.db.query(
      `select from companies where codat_company_id = $1 and origin = 'codat'`,
      [atCodat?.id],
    );
    expect(unassigned.rows).toHaveLength(1);
  },
);

/** A business with a connection, an owner who has agreed, and something that staff did for it. */
async function makeBusiness(): Promise<Person> {
  const { id } = await stack.codat.createCompany(`Business ${randomUUID()}`);
  const person = await signedInOwner(id);
  await stack.codat.addConnection(id, 'gbol', 'Linked');
  await agree(person);
  return person;
}

async function agree({ companyId }: Person): Promise<void> {
  await stack.db.query(
    `insert into consents (company_id, text_version, text_sha256) values ($1, 'rehearsal', $2)`,
    [companyId, randomUUID()],
  );
  const actor = { kind: 'system', name: 'rehearsal' } as const;
  await recordAudit(getDb(), actor, { action: 'company.rename', companyId, detail: {} });
}

/** A connection of each business breaks, goes, or comes about. */
async function changeAll(people: Person[]): Promise<void> {
  const atCodat = new Map((await stack.codat.listCompanies()).map((one) => [one.id, one]));
  await inTens(people, async ({ codatCompanyId }, index) => {
    const linked = atCodat
      .get(codatCompanyId)
      ?.dataConnections.find(({ status }) => status === 'Linked');
    const action = (['deauthorize', 'unlink', 'delete'] as const)[index % 3] ?? 'unlink';
    if (linked) await stack.codat.act(linked.id, action);
    else await stack.codat.addConnection(codatCompanyId, 'exgd', 'Linked');
  });
}

async function signUp(): Promise<{ email: string; businessName: string }> {
  const mark = randomUUID().slice(0, 8);
  const fields = {
    name: 'Robin',
    businessName: `Lost ${mark}`,
    email: `lost-${mark}@example.com`,
    password: `kettle drum ${mark}`,
  };
  const { APP_URL = '' } = stack.env;
  const form = { url: stack.portals[0]?.url ?? '', appUrl: APP_URL, path: '/sign-up', fields };
  expect((await sendForm(form, await openForm(form))).status).toBe(303);
  await until('Codat knows the company', minute, async () =>
    (await stack.codat.listCompanies()).some(
      ({ description }) => description === fields.businessName,
    ),
  );
  return fields;
}

async function isWritable(): Promise<boolean> {
  const { rows } = await stack.db
    .query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
    .catch(() => ({ rows: [] }));
  return rows[0]?.standby === false;
}

async function untilEqual(): Promise<void> {
  const deadline = performance.now() + minute;
  for (;;) {
    const differences = await findDifferences(stack.db, await stack.codat.listCompanies());
    if (differences.length === 0) return;
    if (performance.now() > deadline) expect(differences).toEqual([]);
    await sleep(500);
  }
}

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);
