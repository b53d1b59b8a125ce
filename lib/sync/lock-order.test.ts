import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { makeCustomer } from '@/testing/make-customer';
import { applyEvent } from './apply-event';
import { applyDeletion, applyRead, applyStaffDeletion } from './apply-read';
import { beginRead, type ReadTicket } from './read-ticket';

type Given = { companyId: string; connectionId: string; userId: string; ticket: ReadTicket };

const db = getDb();

/** Everything that what comes from Codat changes a company and its connections by. */
const writers: Record<string, (given: Given) => Promise<unknown>> = {
  'an event about a connection': ({ companyId, connectionId }) =>
    db.transaction((tx) =>
      applyEvent(tx, companyId, {
        ...{ kind: 'connection', webhookId: crypto.randomUUID(), deleted: false },
        ...{ generatedAt: null, receivedAt: new Date(), connection: connection(connectionId) },
      }),
    ),
  'a finished sync': ({ companyId, connectionId }) =>
    db.transaction((tx) =>
      applyEvent(tx, companyId, {
        ...{ kind: 'read-completed', webhookId: 'none' },
        outcomes: [{ connectionId, completed: true, failure: null }],
        ...{ generatedAt: null, receivedAt: new Date() },
      }),
    ),
  'the deletion of a company': ({ companyId }) =>
    db.transaction((tx) =>
      applyEvent(tx, companyId, {
        ...{ kind: 'company-deleted', generatedAt: null, receivedAt: new Date() },
      }),
    ),
  'a read': ({ ticket, connectionId }) =>
    applyRead(db, ticket, snapshot(ticket.codatCompanyId, connectionId), 'sweep'),
  'a read of a company that is gone': ({ ticket }) => applyDeletion(db, ticket, 'sweep'),
  'what staff deleted': ({ companyId, userId }) => applyStaffDeletion(db, companyId, userId, 0),
};

function connection(id: string) {
  return {
    ...{ id, platformKey: 'gbol', platformName: 'Xero', integrationId: null, sourceId: null },
    ...{ sourceType: 'Accounting', status: 'Unlinked', createdAt: null, lastSyncAt: null },
    errors: [],
  };
}

function snapshot(codatCompanyId: string, connectionId: string) {
  return {
    ...{ codatCompanyId, name: '', description: null, tags: {}, tagsComplete: true, uid: null },
    ...{ parentId: null, subsidiaryIds: [], createdAt: null },
    ...{ connections: [connection(connectionId)], complete: true },
  };
}

async function given(): Promise<Given> {
  const { companyId, actor } = await makeCustomer();
  const connectionId = crypto.randomUUID();
  await db.insert(connections).values({
    ...{ id: connectionId, companyId, platformName: 'Xero', sourceType: 'Accounting' },
    status: 'Linked',
  });
  const ticket = await beginRead(db, companyId);
  if (!ticket) throw new Error('no ticket');
  return { companyId, connectionId, userId: actor.userId, ticket };
}

/** Whether somebody in this database waits for a row. */
async function isSomebodyWaiting(): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return rows.length > 0;
}

// Two that took them the other way round would wait for each other, until PostgreSQL ends one.
for (const [name, write] of Object.entries(writers)) {
  it(`${name} waits for the company before it takes any of its connections`, async () => {
    const at = await given();
    const written = await db.transaction(async (tx) => {
      await tx.execute(sql`select from companies where id = ${at.companyId} for update`);
      const writing = write(at);
      await expect.poll(isSomebodyWaiting).toBe(true);
      await tx.execute(
        sql`select from connections where company_id = ${at.companyId} for update nowait`,
      );
      return { writing };
    });
    await written.writing;
  });
}
