import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CompanyBody,
  startTestSandbox,
  type TestSandbox,
} from '@/sandbox/testing/start-test-sandbox';

let test: TestSandbox;

beforeAll(async () => {
  test = await startTestSandbox();
});
afterAll(() => test.stop());

interface List {
  results: CompanyBody[];
  totalResults: number;
  pageNumber: number;
  pageSize: number;
  _links: Record<string, { href: string }>;
}

const list = async (query: Record<string, string>) =>
  (await test.call<List>('GET', `/companies?${new URLSearchParams(query)}`)).json;
const names = async (query: Record<string, string>) =>
  (await list(query)).results.map(({ name }) => name);

describe('company', () => {
  it('has a name without forbidden characters and leaves out what is not set', async () => {
    const company = await test.createCompany({ name: 'Example Company (Codat[1])_/é' });
    expect(company.name).toBe('Example Company Codat1');
    expect(Object.keys(company)).toEqual([
      ...['id', 'name', 'platform', 'redirect', 'created', 'products'],
      ...['referenceSubsidiaryCompanies', 'ownerUserIds', 'dataConnections'],
    ]);
    expect(company.created).toMatch(/\.\d{7}Z$/);
    expect((await test.readCompany(company.id)).created).toMatch(/:\d\dZ$/);
  });

  it.each([
    [{}, 'Name'],
    [{ name: '日本' }, 'Name'],
    [{ name: 5 }, 'Name'],
    [{ name: 'x', tags: { [`k${'x'.repeat(27)}`]: 'v' } }, 'Tags'],
    [{ name: 'x', tags: { k: 'v'.repeat(101) } }, 'Tags'],
    [
      { name: 'x', tags: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v'])) },
      'Tags',
    ],
    [{ name: 'x', description: 7 }, 'Description'],
  ])('refuses %j', async (input, itemId) => {
    const { status, json } = await test.call('POST', '/companies', input);
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: 'Error processing request - not valid.',
      validation: { errors: [{ itemId }] },
    });
  });

  it('refuses what is not a JSON object', async () => {
    expect((await test.call('POST', '/companies', '')).status).toBe(400);
    expect((await test.call('POST', '/companies', '{"name":')).status).toBe(400);
    expect((await test.call('POST', '/companies', '[]')).status).toBe(400);
    const asText = { 'content-type': 'text/plain' };
    expect((await test.call('POST', '/companies', '{"name":"x"}', asText)).status).toBe(415);
  });

  it('refuses more than a mebibyte', async () => {
    const input = { name: 'Big', description: 'x'.repeat(1024 * 1024) };
    expect((await test.call('POST', '/companies', input)).status).toBe(413);
  });

  it('keeps with PATCH what is absent or null, and loses it with PUT', async () => {
    const input = { name: 'Toft', description: 'd', tags: { a: '1', b: '2' } };
    const { id } = await test.createCompany(input);
    const patch = async (body: object) => (await test.call('PATCH', `/companies/${id}`, body)).json;
    expect(await patch({ name: null, description: null, tags: null })).toMatchObject(input);
    expect(await patch({ tags: { c: '3' } })).toMatchObject({ tags: { c: '3' } });
    expect(await patch({ tags: {} })).not.toHaveProperty('tags');
    const replaced = (await test.call('PUT', `/companies/${id}`, { name: 'New!' })).json;
    expect(replaced).toMatchObject({ name: 'New!' });
    expect(replaced).not.toHaveProperty('description');
  });

  it('meets the limit of the free plan', async () => {
    await test.control('PUT', '/settings', { companyLimit: 0 });
    const { status, json } = await test.call('POST', '/companies', { name: 'One too many' });
    await test.control('PUT', '/settings', { companyLimit: null });
    expect(status).toBe(402);
    expect(json.error).toBe('CompanyValidationException: Company limit exceeded');
  });

  it('is gone with its connections after DELETE', async () => {
    const { id } = await test.createCompany();
    await test.addConnection(id, 'gbol', 'Linked');
    const { status, text, headers } = await test.call('DELETE', `/companies/${id}`);
    expect([status, text, headers.get('content-type')]).toEqual([204, '', null]);
    const { status: later, json } = await test.call('GET', `/companies/${id}/connections`);
    expect([later, json.error]).toEqual([404, `No company was found with ID ${id}`]);
  });
});

describe('lists of companies', () => {
  beforeAll(async () => {
    await test.control('POST', '/reset');
    const [alfa, beta] = [
      await test.createCompany({ name: 'Alfa', tags: { region: 'uk', uid: 'a 1' } }),
      await test.createCompany({ name: 'Beta', tags: { region: 'us' } }),
    ];
    await test.createCompany({ name: 'Gamma Ltd' });
    await test.addConnection(alfa.id, 'gbol', 'Linked');
    await test.addConnection(alfa.id, 'exgd', 'PendingAuth');
    await test.addConnection(beta.id, 'gbol', 'Deauthorized');
  });

  it('pages with relative links', async () => {
    const second = await list({ page: '2', pageSize: '1', orderBy: '-name' });
    expect(second.results.map(({ name }) => name)).toEqual(['Beta']);
    expect(second).toMatchObject({ pageNumber: 2, pageSize: 1, totalResults: 3 });
    expect(second._links.next?.href).toBe('/companies?page=3&pageSize=1&orderBy=-name');
    expect(second._links.previous?.href).toBe('/companies?page=1&pageSize=1&orderBy=-name');
    const last = await list({ page: '3', pageSize: '1' });
    expect(Object.keys(last._links).sort()).toEqual(['current', 'previous', 'self']);
  });

  it.each([
    ['name=alfa', ['Alfa']],
    ['name~a', ['Alfa', 'Beta', 'Gamma Ltd']],
    ['name != Gamma Ltd', ['Alfa', 'Beta']],
    ['dataConnections.status=PendingAuth', ['Alfa']],
    ['dataConnections.status!=PendingAuth&&dataConnections.status!=Linked', ['Beta', 'Gamma Ltd']],
    ['{name=Alfa||name=Beta}&&dataConnections.status=Deauthorized', ['Beta']],
    ['name=Gamma Ltd || name=Alfa && dataConnections.status=Linked', ['Alfa', 'Gamma Ltd']],
    ['created>2020-01-01', ['Alfa', 'Beta', 'Gamma Ltd']],
    ['created<2020-01-01T00:00:00Z', []],
  ])('query %s', async (query, expected) => {
    expect(await names({ query })).toEqual(expected);
  });

  it.each([
    ['uid = a 1', ['Alfa']],
    ['region != uk', ['Beta', 'Gamma Ltd']],
    ['region=uk && uid~1', ['Alfa']],
    ['nothing=x', []],
  ])('tags %s', async (tags, expected) => {
    expect(await names({ tags })).toEqual(expected);
  });

  const MALFORMED = 'Error parsing query - Malformed query.';
  it.each([
    [{ query: 'name' }, MALFORMED],
    [{ query: 'name=' }, MALFORMED],
    [{ query: '{name=a' }, MALFORMED],
    [{ query: 'name=a&&' }, MALFORMED],
    [{ query: 'name>a' }, MALFORMED],
    [{ query: 'created~2020' }, MALFORMED],
    [{ query: `name=${'x'.repeat(2048)}` }, MALFORMED],
    [{ tags: 'region>uk' }, MALFORMED],
    [
      { query: 'isCompleted=1' },
      'Error parsing query - Could not resolve property isCompleted on Company',
    ],
    [
      { query: 'constructor=1' },
      'Error parsing query - Could not resolve property constructor on Company',
    ],
    [{ orderBy: 'size' }, 'Error parsing query - Could not resolve property size on Company'],
    [{ page: '0' }, 'Error processing request - not valid.'],
    [{ pageSize: '5001' }, 'Error processing request - not valid.'],
  ])('refuses %j', async (query, error) => {
    const { status, json } = await test.call('GET', `/companies?${new URLSearchParams(query)}`);
    expect([status, json.error]).toEqual([400, error]);
  });
});
