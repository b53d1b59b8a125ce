import { CodatPlatform } from '@codat/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, TEST_KEY, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';

let test: TestSandbox;
let client: CodatPlatform;

beforeAll(async () => {
  test = await startTestSandbox();
  client = new CodatPlatform({
    authHeader: `Basic ${Buffer.from(TEST_KEY).toString('base64')}`,
    serverURL: test.sandbox.url,
    retryConfig: { strategy: 'none' },
    timeoutMs: 5000,
  });
});
afterAll(() => test.stop());

describe('the official client, retries off', () => {
  it('creates, reads, changes and deletes companies', async () => {
    const created = await client.companies.create({
      name: 'Toft stores',
      description: 'A shop',
      tags: { uid: 'contract-1' },
    });
    expect(created.tags).toEqual({ uid: 'contract-1' });
    const companyId = created.id;
    expect((await client.companies.get({ companyId })).name).toBe('Toft stores');
    expect((await client.companies.list()).results?.map(({ id }) => id)).toContain(companyId);
    const found = await client.companies.list({ tags: 'uid=contract-1', orderBy: '-created' });
    expect(found.totalResults).toBe(1);
    const updated = await client.companies.update({
      companyId,
      companyUpdateRequest: { description: 'A bakery' },
    });
    expect(updated).toMatchObject({ name: 'Toft stores', description: 'A bakery' });
    const replaced = await client.companies.replace({
      companyId,
      companyRequestBody: { name: 'Toft' },
    });
    expect(replaced.name).toBe('Toft');
    expect(replaced.tags).toBeUndefined();
    expect((await client.companies.getAccessToken({ companyId })).tokenType).toBe('Bearer');
    await client.companies.delete({ companyId });
    await expect(client.companies.get({ companyId })).rejects.toMatchObject({
      statusCode: 404,
      error: `No company was found with ID ${companyId}`,
    });
  });

  it('creates, authorizes, unlinks and deletes connections', async () => {
    const { id: companyId } = await client.companies.create({ name: 'Connected' });
    const created = await client.connections.create({
      companyId,
      requestBody: { platformKey: 'gbol' },
    });
    expect(created).toMatchObject({ status: 'PendingAuth', platformName: 'Xero' });
    const named = { companyId, connectionId: created.id };
    const linked = await client.connections.updateAuthorization({
      ...named,
      requestBody: { accessToken: 'x' },
    });
    expect(linked.status).toBe('Linked');
    const { results } = await client.connections.list({ companyId });
    expect(results?.map(({ status }) => status)).toEqual(['Linked']);
    const unlinked = await client.connections.unlink({
      ...named,
      updateConnectionStatus: { status: 'Unlinked' },
    });
    expect(unlinked.status).toBe('Unlinked');
    expect((await client.connections.get(named)).status).toBe('Unlinked');
    await client.connections.delete(named);
    await expect(client.connections.get(named)).rejects.toMatchObject({
      error: `Data connection ${created.id} not found`,
    });
  });

  it('reads integrations and their branding', async () => {
    const { results } = await client.integrations.list({
      query: 'enabled=true&&sourceType=accounting',
    });
    expect(results?.length).toBeGreaterThan(10);
    const xero = await client.integrations.get({ platformKey: 'gbol' });
    expect(xero.name).toBe('Xero');
    const branding = await client.integrations.getBranding({ platformKey: 'gbol' });
    const logo = await fetch(branding.logo?.square?.image?.src ?? '');
    expect(logo.headers.get('content-type')).toBe('image/svg+xml');
  });

  it('manages webhook consumers', async () => {
    const consumer = await client.webhooks.createConsumer({
      url: 'http://127.0.0.1:9/hook',
      eventTypes: ['connection.connected'],
      companyTags: ['region:uk'],
    });
    const { results } = await client.webhooks.listConsumers();
    expect(results?.map(({ id }) => id)).toContain(consumer.id);
    await client.webhooks.deleteConsumer({ webhookId: consumer.id ?? '' });
    expect((await client.webhooks.listConsumers()).results).toEqual([]);
  });

  it('reads and writes the settings', async () => {
    const origins = { allowedOrigins: ['https://www.bank-of-dave.com'] };
    expect(await client.settings.set(origins)).toEqual(origins);
    expect(await client.settings.get()).toEqual(origins);
    expect(await client.cors.set(origins)).toEqual(origins);
    expect(await client.cors.get()).toEqual(origins);
    const profile = await client.settings.updateProfile({
      name: 'Bank of Dave',
      redirectUrl: 'https://bank.{region}/{companyId}',
      whiteListUrls: ['https://bank.uk'],
    });
    expect(await client.settings.getProfile()).toEqual(profile);
  });

  it('meets the removed operation as Codat announced it', async () => {
    const { id: companyId } = await client.companies.create({ name: 'Old' });
    await expect(client.connectionManagement.get({ companyId })).rejects.toMatchObject({
      statusCode: 404,
      error: 'NotFound',
    });
  });
});
