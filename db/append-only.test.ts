import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { getDb } from '@/db/client';
import { consents } from '@/db/schema/companies';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { makeCustomer } from '@/testing/make-customer';

const onlyAdded = { cause: { code: '23001' } };
let companyId: string;
let userId: string;

beforeAll(async () => {
  const customer = await makeCustomer();
  companyId = customer.companyId;
  userId = customer.actor.userId;
  const connectionId = crypto.randomUUID();
  await getDb().insert(connections).values({
    id: connectionId,
    companyId,
    platformName: 'Xero',
    sourceType: 'Accounting',
    status: 'Linked',
  });
  await getDb().insert(connectionStatusChanges).values({
    companyId,
    connectionId,
    toStatus: 'Linked',
    source: 'customer',
    actorId: userId,
    occurredAt: new Date(),
  });
  await getDb().insert(consents).values({ companyId, userId, textVersion: '1', textSha256: 'x' });
});

test('neither a receipt of consent nor a status change is ever changed or taken away', async () => {
  const receipt = eq(consents.companyId, companyId);
  const change = eq(connectionStatusChanges.companyId, companyId);
  const db = getDb();
  for (const attempt of [
    db.update(consents).set({ textVersion: '2' }).where(receipt),
    db.update(consents).set({ userId: null, textVersion: '2' }).where(receipt),
    db.delete(consents).where(receipt),
    db.update(connectionStatusChanges).set({ toStatus: null }).where(change),
    db.delete(connectionStatusChanges).where(change),
  ]) {
    await expect(attempt).rejects.toMatchObject(onlyAdded);
  }
});

test('a person who is deleted leaves what they did behind, without their name', async () => {
  await getDb().delete(users).where(eq(users.id, userId));
  const [receipt] = await getDb().select().from(consents).where(eq(consents.companyId, companyId));
  expect(receipt).toMatchObject({ userId: null, textVersion: '1' });
});
