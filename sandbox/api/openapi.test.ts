import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOpenApiPresent, loadOpenApi } from '@/sandbox/testing/openapi';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';
import { waitUntil } from '@/sandbox/testing/wait-until';
import { startWebhookReceiver, type WebhookReceiver } from '@/sandbox/testing/webhook-receiver';

let test: TestSandbox;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  test = await startTestSandbox({ SANDBOX_WEBHOOK_URL: receiver.url });
  await test.control('PUT', '/settings', { initialReadDelayMs: 0 });
});
afterAll(async () => {
  await test.stop();
  await receiver.stop();
});

interface Step {
  method: string;
  template: string;
  ids?: Record<string, string>;
  query?: string;
  body?: unknown;
  status: number;
}

describe('against the published OpenAPI description', () => {
  it.skipIf(!isOpenApiPresent)('every answer of every operation validates', async () => {
    const openApi = loadOpenApi();
    const untested = new Set(openApi.operations());
    const problems: string[] = [];

    async function step({ method, template, ids = {}, query = '', body, status }: Step) {
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? name);
      const answer = await test.call<{ id: string }>(method, `${path}${query}`, body);
      expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} ${status}`);
      const parsed: unknown = answer.text === '' ? undefined : JSON.parse(answer.text);
      const found = openApi.checkAnswer(method, template, status, parsed);
      problems.push(...found.map((problem) => `${method} ${template} ${status}: ${problem}`));
      untested.delete(`${method} ${template}`);
      return answer.json.id;
    }

    const companies = '/companies';
    const company = '/companies/{companyId}';
    const connections = `${company}/connections`;
    const connection = `${connections}/{connectionId}`;
    const input = { name: 'Toft', description: 'x', tags: { uid: 'u' }, products: ['lending'] };
    const nobody = { companyId: crypto.randomUUID(), connectionId: crypto.randomUUID() };

    const companyId = await step({ method: 'POST', template: companies, body: input, status: 200 });
    await step({ method: 'POST', template: companies, body: { name: '日本' }, status: 400 });
    const connectionId = await step({
      method: 'POST',
      template: connections,
      ids: { companyId },
      body: { platformKey: 'gbol' },
      status: 200,
    });
    const ids = { companyId, connectionId };
    await test.control('POST', `/connections/${connectionId}/fail`);
    await step({ method: 'GET', template: connection, ids, status: 200 });
    const tokens = { token: 'x' };
    await step({
      method: 'PUT',
      template: `${connection}/authorization`,
      ids,
      body: tokens,
      status: 200,
    });
    const child = { name: 'Toft UK', platformKey: 'akxx' };
    await test.control('POST', `/companies/${companyId}/subsidiaries`, child);
    await step({ method: 'GET', template: companies, query: '?query=name~Toft', status: 200 });
    await step({ method: 'GET', template: companies, query: '?query=Toft', status: 400 });
    await step({ method: 'GET', template: company, ids, status: 200 });
    await step({ method: 'GET', template: company, ids: nobody, status: 404 });
    await step({ method: 'PATCH', template: company, ids, body: { name: 'Tofts' }, status: 200 });
    await step({ method: 'PUT', template: company, ids, body: input, status: 200 });
    await step({ method: 'GET', template: connections, ids, status: 200 });
    await step({
      method: 'GET',
      template: connection,
      ids: { ...ids, connectionId: 'x' },
      status: 404,
    });
    await step({
      method: 'PATCH',
      template: connection,
      ids,
      body: { status: 'Unlinked' },
      status: 200,
    });
    await step({ method: 'GET', template: `${company}/accessToken`, ids, status: 200 });
    const removed = `${company}/connectionManagement/accessToken`;
    await step({ method: 'GET', template: removed, ids, status: 404 });
    await step({ method: 'DELETE', template: connection, ids, status: 200 });
    await step({ method: 'DELETE', template: company, ids, status: 204 });

    await step({ method: 'GET', template: '/integrations', status: 200 });
    const platformKey = 'exgd';
    await step({
      method: 'GET',
      template: '/integrations/{platformKey}',
      ids: { platformKey },
      status: 200,
    });
    await step({ method: 'GET', template: '/integrations/{platformKey}', status: 404 });
    const branding = '/integrations/{platformKey}/branding';
    await step({ method: 'GET', template: branding, ids: { platformKey }, status: 200 });

    const consumer = { url: 'http://127.0.0.1:9/', eventTypes: ['read.completed'] };
    const webhookId = await step({
      method: 'POST',
      template: '/webhooks',
      body: consumer,
      status: 201,
    });
    await step({ method: 'GET', template: '/webhooks', status: 200 });
    await step({
      method: 'DELETE',
      template: '/webhooks/{webhookId}',
      ids: { webhookId },
      status: 204,
    });

    const profile = { name: 'Bank', redirectUrl: '', whiteListUrls: ['https://a.example'] };
    await step({ method: 'PUT', template: '/profile', body: profile, status: 200 });
    await step({ method: 'GET', template: '/profile', status: 200 });
    const origins = { allowedOrigins: ['https://a.example'] };
    for (const template of ['/corsSettings', '/connectionManagement/corsSettings']) {
      await step({ method: 'POST', template, body: origins, status: 200 });
      await step({ method: 'GET', template, status: 200 });
    }
    expect(problems).toEqual([]);
    expect([...untested]).toEqual([]);
  });

  it.skipIf(!isOpenApiPresent)('every error of the catalogue validates', async () => {
    const openApi = loadOpenApi();
    for (const status of [401, 402, 403, 404, 429, 500, 503]) {
      await test.control('POST', '/faults', { path: '/profile', status });
      const { text, status: got } = await test.call('GET', '/profile');
      expect(got).toBe(status);
      const documented = status === 404 ? '/integrations/{platformKey}' : '/profile';
      expect(openApi.checkAnswer('GET', documented, status, JSON.parse(text))).toEqual([]);
    }
  });

  it.skipIf(!isOpenApiPresent)('every webhook validates', async () => {
    const openApi = loadOpenApi();
    receiver.received.length = 0;
    const { id } = await test.createCompany({ name: 'Events', tags: { uid: 'e' } });
    const { id: connectionId } = await test.addConnection(id, 'gbol', 'PendingAuth');
    for (const action of ['fail', 'authorize', 'read', 'deauthorize', 'authorize', 'delete']) {
      await waitUntil(async () => {
        const { dataConnections } = await test.readCompany(id);
        return action !== 'read' || dataConnections[0]?.lastSync;
      });
      await test.control('POST', `/connections/${connectionId}/${action}`);
    }
    await test.call('DELETE', `/companies/${id}`);
    await test.control('PUT', '/settings', { dailyQuota: 0 });
    await test.call('GET', '/profile');
    await test.control('PUT', '/settings', { dailyQuota: null, clockOffsetMs: 86_400_000 });
    const wanted = [
      ...['company.created', 'company.deleted', 'connection.created', 'connection.connected'],
      ...['connection.failed', 'connection.disconnected', 'connection.reconnected'],
      ...['connection.deleted', 'read.completed', 'read.completed.initial'],
      ...['client.rateLimit.reached', 'client.rateLimit.reset'],
    ];
    await waitUntil(() => wanted.every((type) => receiver.eventTypes().includes(type)));
    for (const { event } of receiver.received) {
      // The forms of a read by its result are in Codat's guide, and have the body of the plain one.
      const type = event.eventType.replace(/^read\.completed\..*/, 'read.completed');
      const body = { ...event, eventType: type };
      expect([event.eventType, ...openApi.checkEvent(type, body)]).toEqual([event.eventType]);
    }
  });
});
