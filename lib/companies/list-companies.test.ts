import { describe, expect, it } from 'vitest';
import { makeCustomer, makeOperator } from '@/lib/testing/make-customer';
import { listCompanies } from './list-companies';
import { getCompanyDetail } from './queries';
import { companyListSchema } from './schemas';

const input = (values: Record<string, string | undefined> = {}) => companyListSchema.parse(values);

describe('listCompanies', () => {
  it('pages through everything both ways, without gaps or repeats', async () => {
    const marker = crypto.randomUUID().slice(0, 8);
    for (let i = 0; i < 60; i += 1) await makeCustomer({ name: `${marker} number ${i}` });
    const admin = await makeOperator('support');
    const pages = [await listCompanies(admin, input({ q: marker }))];
    for (let last = pages[0]; last?.after; last = pages.at(-1)) {
      pages.push(await listCompanies(admin, input({ q: marker, after: last.after })));
    }
    const names = pages.flatMap(({ rows }) => rows.map(({ name }) => name));
    expect(pages.map(({ rows }) => rows.length)).toEqual([25, 25, 10]);
    expect(new Set(names).size).toBe(60);
    const back = await listCompanies(admin, input({ q: marker, before: pages[2]?.before ?? '' }));
    expect(back.rows).toEqual(pages[1]?.rows);
    const start = await listCompanies(admin, input({ q: marker, before: back.before ?? '' }));
    expect(start.rows).toEqual(pages[0]?.rows);
    expect(start.before).toBeNull();
  });

  it('finds by name, member and either id, and takes wildcards literally', async () => {
    const { actor, companyId, codatCompanyId } = await makeCustomer({
      name: `50%_off ${crypto.randomUUID()}`,
    });
    const admin = await makeOperator('admin');
    for (const q of ['50%_off', actor.email, companyId, codatCompanyId.toUpperCase()]) {
      const { rows } = await listCompanies(admin, input({ q }));
      expect(rows.map(({ id }) => id)).toContain(companyId);
    }
    expect((await listCompanies(admin, input({ q: '50x_off' }))).rows).toEqual([]);
  });

  it('filters by state, and survives rubbish in the URL', async () => {
    const { companyId } = await makeCustomer({ attention: 'needs_reconnect' });
    const admin = await makeOperator('auditor');
    const { rows } = await listCompanies(admin, input({ status: 'needs_reconnect' }));
    expect(rows.map(({ id }) => id)).toContain(companyId);
    expect(rows.every(({ attention }) => attention === 'needs_reconnect')).toBe(true);
    for (const rubbish of [{ after: 'x' }, { after: 'W10' }, { status: "'; drop" }, { q: '\\' }]) {
      await expect(listCompanies(admin, input(rubbish))).resolves.toBeDefined();
    }
  });

  it('is not for customers', async () => {
    const { actor, companyId } = await makeCustomer();
    await expect(listCompanies(actor, input())).rejects.toMatchObject({ code: 'not-found' });
    expect(await getCompanyDetail(actor, companyId)).toBeNull();
    const admin = await makeOperator('admin');
    expect(await getCompanyDetail(admin, companyId)).toMatchObject({ id: companyId });
    expect(await getCompanyDetail(admin, 'nonsense')).toBeNull();
  });
});
