import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { webhookEvents } from '@/db/schema/webhooks';
import { makeCustomer } from '@/testing/make-customer';
import { sign } from '@/testing/sign-delivery';
import { processInboxBatch } from './process-inbox';
import { receiveDelivery } from './receive';

// Bodies as Codat publishes them; only ids and dates are made anew, so that tests share no rows.
const customer = await makeCustomer();
const tags = { customerRegion: 'us', uid: '335a086e-8563-4b03-94e3-39544225ecb6' };
const company = {
  id: customer.codatCompanyId,
  name: 'Bank of Dave',
  description: 'Requested a loan for refurb.',
};
const details = {
  redirect: `https://link.codat.io/company/${company.id}`,
  lastSync: '2022-01-01T12:00:00.000Z',
  created: '2022-01-01T12:00:00.000Z',
  tags,
};
const referenceCompany = {
  ...company,
  description: 'internal_id_mxO7rLfo',
  links: { portal: `https://app.codat.io/companies/${company.id}/summary` },
  tags,
};
const connectionId = crypto.randomUUID();
const pending = {
  id: connectionId,
  integrationId: 'bf083d72-62c7-493e-aec9-81b4dbba7e2c',
  integrationKey: 'dfxm',
  sourceId: 'bdd831ce-eebd-4896-89a7-20e5ee8989ee',
  platformName: 'Basiq',
  linkUrl: `https://link-api.codat.io/companies/${company.id}/connections/${connectionId}/start`,
  status: 'PendingAuth',
  created: '2022-10-27T09:53:29Z',
  sourceType: 'Banking',
};
const synced = { ...pending, lastSync: '2022-10-27T10:22:43.6464237Z' };
const errorOf = (statusCode: string, statusText: string, errorMessage = statusText) => [
  { statusCode, statusText, errorMessage, erroredOnUtc: '2022-10-27T09:53:29Z', status: 'Active' },
];
const deauthorized = errorOf('401', 'The integration de-authorized access to the connection.');
const read = {
  referenceCompany,
  modifiedFromDate: '2022-10-23T00:00:00.000Z',
  dataTypes: [
    { connectionId, dataType: 'invoices', recordsModified: false, status: 'Complete', issues: [] },
  ],
};
const quota = { dailyQuota: 12000, quotaRemaining: 0, expiryDate: '2024-09-01T12:14:14Z' };

let second = 0;

async function deliver(eventType: string, payload: object, typeField = 'eventType') {
  const webhookId = `msg_${crypto.randomUUID()}`;
  second += 1;
  const generatedDate = new Date(Date.now() - 60_000 + second * 1000).toISOString();
  const body = { id: crypto.randomUUID(), [typeField]: eventType, generatedDate, payload };
  expect(await receiveDelivery(sign(webhookId, body))).toBe(204);
  while ((await processInboxBatch()) > 0);
  const [event] = await getDb()
    .select({ state: webhookEvents.state, error: webhookEvents.lastError })
    .from(webhookEvents)
    .where(eq(webhookEvents.webhookId, webhookId));
  const [connection] = await getDb()
    .select({ status: connections.status, errors: connections.errors })
    .from(connections)
    .where(eq(connections.id, connectionId));
  return { state: event?.state, error: event?.error, connection };
}

describe('a published webhook body', () => {
  it.each([
    ['created', pending, 'PendingAuth', 0],
    [
      'failed',
      {
        ...pending,
        dataConnectionErrors: errorOf('403', 'User cancelled linking', 'User cancelled'),
      },
      'PendingAuth',
      1,
    ],
    ['connected', { ...synced, status: 'Linked' }, 'Linked', 0],
    ['disconnected', { ...synced, status: 'Unlinked' }, 'Unlinked', 0],
    ['reconnected', { ...synced, status: 'Linked' }, 'Linked', 0],
    [
      'disconnected',
      { ...synced, status: 'Deauthorized', dataConnectionErrors: deauthorized },
      'Deauthorized',
      1,
    ],
  ])('connection.%s is applied', async (event, connection, status, errors) => {
    const payload = { referenceCompany, connection };
    const applied = await deliver(`connection.${event}`, payload);
    expect(applied).toMatchObject({ state: 'processed', error: null, connection: { status } });
    expect(applied.connection?.errors).toHaveLength(errors);
  });

  it.each([
    ['company.created', { ...company, ...details }],
    ['read.completed.initial', read],
    ['read.completed', read],
    ['client.rateLimit.reached', quota],
    // The published end of a day is no time at all.
    ['client.rateLimit.reset', { ...quota, expiryDate: '2024-09-01T23:59:99Z' }],
    ['connection.deleted', { referenceCompany, connection: { ...synced, status: 'Linked' } }],
  ])('%s is understood', async (eventType, payload) => {
    expect(await deliver(eventType, payload)).toMatchObject({ state: 'processed', error: null });
  });

  it('is understood with `type` for `eventType`, as older pages print it', async () => {
    const applied = await deliver('read.completed', read, 'type');
    expect(applied).toMatchObject({ state: 'processed', error: null });
  });
});
