import { beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { consents } from '@/db/schema/companies';
import { connectionStatusChanges, connections, linkSessions } from '@/db/schema/connections';
import { webhookEvents } from '@/db/schema/webhooks';
import type { Actor } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import { listTimeline } from './timeline';
import type { TimelineEntry, TimelineFilter } from './timeline-schemas';

let auditor: Actor;

beforeAll(async () => {
  auditor = await makeOperator('auditor');
});

async function readAll(companyId: string, filter: TimelineFilter): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let before: string | undefined;
  do {
    const page = await listTimeline(auditor, companyId, filter, before);
    entries.push(...page.entries);
    before = page.older ?? undefined;
  } while (before);
  return entries;
}

async function makeEventful(count: number) {
  const { actor, companyId } = await makeCustomer();
  const db = getDb();
  const connectionId = crypto.randomUUID();
  const admin = await makeOperator('admin');
  await db.insert(connections).values({
    id: connectionId,
    companyId,
    platformName: 'Xero',
    sourceType: 'Accounting',
    status: 'Linked',
  });
  for (let i = 0; i < count; i += 1) {
    const webhookId = crypto.randomUUID();
    // The same moment for all, so that the order rests on the rest of the key.
    const at = new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(i / 3)));
    await db.insert(webhookEvents).values([
      { webhookId, eventType: 'connection.connected', companyId, receivedAt: at, payload: {} },
      {
        webhookId: `${webhookId}-r`,
        eventType: 'read.completed',
        companyId,
        receivedAt: at,
        payload: {},
      },
    ]);
    await db.insert(connectionStatusChanges).values({
      companyId,
      connectionId,
      toStatus: 'Linked',
      source: i % 2 === 0 ? 'webhook' : 'customer',
      actorId: actor.userId,
      webhookId: i % 2 === 0 ? webhookId : null,
      occurredAt: at,
      recordedAt: at,
    });
  }
  await db.insert(consents).values({
    companyId,
    userId: actor.userId,
    textVersion: '1',
    textSha256: 'x',
  });
  const session = { companyId, expiresAt: new Date(), stateHash: crypto.randomUUID() };
  await db.insert(linkSessions).values([
    { ...session, userId: actor.userId },
    { ...session, stateHash: crypto.randomUUID(), userId: admin.userId, startedAs: 'staff' },
    {
      ...session,
      stateHash: crypto.randomUUID(),
      userId: admin.userId,
      startedAs: 'staff',
      returnedAt: new Date(),
      statusCode: '200',
    },
  ]);
  await recordAudit(db, admin, { action: 'link.copy', companyId });
  await recordAudit(db, { kind: 'system', name: 'codat' }, { action: 'company.tag', companyId });
  return { actor, companyId };
}

const kinds = (entries: TimelineEntry[]) =>
  entries.reduce<Record<string, number>>(
    (counts, { kind }) => Object.assign(counts, { [kind]: (counts[kind] ?? 0) + 1 }),
    {},
  );

describe('listTimeline', () => {
  it('goes through everything in order, without gaps or repeats, and says nothing twice', async () => {
    const { companyId } = await makeEventful(40);
    const other = await makeEventful(1);
    const entries = await readAll(companyId, 'all');
    // Of 80 events 20 have made a change that is shown already.
    expect(kinds(entries)).toEqual({ status: 40, webhook: 60, consent: 1, link: 2, audit: 2 });
    expect(new Set(entries.map(({ kind, id }) => kind + id)).size).toBe(entries.length);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect(kinds(await readAll(other.companyId, 'all'))).toMatchObject({ status: 1 });
  });

  it.each([
    ['changes', { status: 4, audit: 1 }],
    ['webhook', { webhook: 8 }],
    ['staff', { audit: 1 }],
    ['customer', { status: 2, consent: 1, link: 2 }],
  ] as const)('narrowed to %s shows those alone', async (filter, wanted) => {
    const { companyId } = await makeEventful(4);
    expect(kinds(await readAll(companyId, filter))).toEqual(wanted);
  });

  it('is not for customers, and survives rubbish in the URL', async () => {
    const { actor, companyId } = await makeEventful(1);
    expect(await listTimeline(actor, companyId, 'all', undefined)).toEqual({
      entries: [],
      older: null,
    });
    expect((await listTimeline(auditor, 'nonsense', 'all', undefined)).entries).toEqual([]);
    const all = await listTimeline(auditor, companyId, 'all', undefined);
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const before of [
      'x',
      forged([1]),
      forged(['x', 'status', 'y']),
      forged(['9', 'odd', 'a']),
    ]) {
      expect(await listTimeline(auditor, companyId, 'all', before)).toEqual(all);
    }
    const far = forged(['9'.repeat(16), 'audit', '1']);
    expect((await listTimeline(auditor, companyId, 'all', far)).entries).toEqual(all.entries);
  });
});
