import { desc, eq, sql } from 'drizzle-orm';
import { connect, getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { companyReads, sweeps } from '@/db/schema/sync';
import { webhookEvents } from '@/db/schema/webhooks';
import { addManyCompanies } from '@/db/seed/many-companies';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { atOnce, runSweepStep, sweepPageSize } from '@/lib/sync/sweep/run-sweep';
import { processInboxBatch } from '@/lib/webhooks/inbox/process-inbox';
import { receiveDelivery } from '@/lib/webhooks/inbox/receive';
import { sign } from '@/testing/sign-delivery';
import { benchmark, type Note } from './benchmark';
import { type Cost, costOf, withoutCheckpoints } from './cost';
import { startListedCodat } from './listed-codat';

const companyCount = 20_000;
const warmUp = 1000;
const deliveries = 2000;

benchmark('What an event writes, with 20,000 companies', { timeoutMs: 1_800_000 }, async (note) => {
  const codat = await startListedCodat();
  try {
    await seed();
    await codat.fill(sweepPageSize);
    await withoutCheckpoints(async () => {
      await measureSweep(note);
      await measureEvents(note);
    });
  } finally {
    codat.stop();
  }
});

async function seed(): Promise<void> {
  const { DATABASE_URL = '' } = process.env;
  const db = connect(DATABASE_URL, { max: 1, queryTimeoutMs: 600_000 });
  await addManyCompanies(db, companyCount, rollUpMissing);
  // The seed marks its companies as just read, so that no worker asks Codat for them.
  await db.update(companyReads).set({ readApplied: 0 });
  for (const table of ['company_reads', 'company_list']) {
    await db.execute(sql.raw(`vacuum full ${table}`));
    await db.execute(sql.raw(`vacuum analyze ${table}`));
  }
  await db.$client.end();
}

/** A sweep that finds everything equal; the second, for the first has the rows to itself. */
async function measureSweep(note: Note): Promise<void> {
  await sweepAll();
  const cost = await costOf(sweepAll);
  const [sweep] = await getDb().select().from(sweeps).orderBy(desc(sweeps.id)).limit(1);
  if (!sweep || sweep.missedByWebhook > 0) throw new Error('the sweep found differences');
  noteCost(note, 'an unchanged company', cost, { units: sweep.companiesSeen, mostBytes: 500 });
}

async function sweepAll(): Promise<void> {
  for (;;) {
    const outcome = await runSweepStep(atOnce);
    if (outcome === 'finished') return;
    if (outcome === 'busy') throw new Error('a page of the sweep failed');
  }
}

async function measureEvents(note: Note): Promise<void> {
  const each = warmUp + deliveries;
  const subjects = await chooseConnections(2 * each);
  const finished = subjects.slice(0, each).map(readCompleted);
  const changed = subjects.slice(each).map(deauthorized);
  for (const [name, bodies, mostBytes] of [
    ['read.completed', finished, 4000],
    ['changed connection', changed, 12_000],
  ] as const) {
    await deliverAll(bodies.slice(0, warmUp));
    const cost = await costOf(() => deliverAll(bodies.slice(warmUp)));
    noteCost(note, name, cost, { units: deliveries, mostBytes });
  }
}

type Subject = { codatCompanyId: string | null; connectionId: string; name: string };
type Body = Record<string, unknown>;

/** Linked connections, each of another company. */
async function chooseConnections(count: number): Promise<Subject[]> {
  return getDb()
    .selectDistinctOn([companies.id], {
      codatCompanyId: companies.codatCompanyId,
      connectionId: connections.id,
      name: companies.name,
    })
    .from(companies)
    .innerJoin(connections, eq(connections.companyId, companies.id))
    .where(sql`${connections.status} = 'Linked' and ${connections.removedAt} is null`)
    .orderBy(companies.id)
    .limit(count);
}

/** As Codat's documents show it. */
function readCompleted(subject: Subject): Body {
  return event('read.completed', subject, {
    modifiedFromDate: '2026-01-01T00:00:00.000Z',
    dataTypes: [
      {
        connectionId: subject.connectionId,
        ...{ dataType: 'invoices', recordsModified: true, status: 'Complete', issues: [] },
      },
    ],
  });
}

function deauthorized(subject: Subject): Body {
  return event('connection.disconnected', subject, {
    connection: {
      id: subject.connectionId,
      integrationId: crypto.randomUUID(),
      sourceId: crypto.randomUUID(),
      ...{ integrationKey: 'gbol', platformName: 'Xero', sourceType: 'Accounting' },
      ...{ status: 'Deauthorized', created: '2026-01-01T00:00:00Z' },
      linkUrl: 'https://link-api.codat.io/companies/x/connections/y/start',
    },
  });
}

function event(eventType: string, subject: Subject, payload: Body): Body {
  const { codatCompanyId: id, name } = subject;
  const links = { portal: `https://app.codat.io/companies/${id}/summary` };
  return {
    id: crypto.randomUUID(),
    eventType,
    payload: { referenceCompany: { id, name, links }, ...payload },
  };
}

/** One at a time, as on a quiet day: the most expensive way. */
async function deliverAll(bodies: Body[]): Promise<void> {
  for (const body of bodies) {
    const now = { generatedDate: new Date().toISOString() };
    const delivery = sign(`msg_${crypto.randomUUID()}`, { ...body, ...now });
    if ((await receiveDelivery(delivery)) !== 204) throw new Error('not taken');
    await processInboxBatch();
  }
  const waiting = await getDb().$count(webhookEvents, sql`state <> 'processed'`);
  if (waiting > 0) throw new Error(`${waiting} events were not processed`);
}

type Scale = { units: number; mostBytes: number };

function noteCost(note: Note, name: string, cost: Cost, { units, mostBytes }: Scale): void {
  note(`${name}: bytes of WAL`, cost.walBytes / units, { atMost: mostBytes });
  note(`${name}: statements`, cost.statements / units);
  note(`${name}: row updates`, cost.updates / units);
  note(`${name}: of these of the company`, cost.companyUpdates / units);
  note(`${name}: HOT, %`, (100 * cost.hotUpdates) / Math.max(1, cost.updates));
}
