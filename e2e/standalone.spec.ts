import { expect, type Page } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { Deployment } from './fixtures/deployment';
import { doMainJob } from './fixtures/main-job';
import { findNeedles, secretForms } from './fixtures/needles';
import { newPerson } from './fixtures/person';
import { test } from './fixtures/test';

let live: Deployment;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  live = await Deployment.make();
  expect(await live.run('migrate')).toContain('up to date');
});
test.afterAll(() => live?.stop());

test('in production, from an empty folder: two web processes and a worker behind a balancer', async ({
  visit,
}) => {
  test.setTimeout(180_000);
  const web = await Promise.all([live.startWeb('off'), live.startWeb('off')]);
  const worker = await live.startWorker();
  const [page, adminPage, panel] = [
    await visit({ baseURL: live.url }),
    await visit({ baseURL: live.url }),
    await visit(),
  ];

  await test.step('the first admin comes in by the link of the command', async () => {
    const printed = await live.run('admin-invite', `${newPerson().email}`);
    const link = printed.match(/http\S+accept-invite\S+/)?.[0] ?? '';
    await adminPage.goto(link);
    await adminPage.getByLabel('Your name').fill('Ana');
    await adminPage.getByRole('textbox', { name: 'Password' }).fill(newPerson().password);
    await adminPage.getByRole('main').getByRole('button').last().click();
    await expect(adminPage).toHaveURL(/\/admin/);
  });

  // How fast it is, is shown elsewhere; here a dozen processes share the machine.
  const person = await doMainJob({ page, adminPage, panel, codat: live.codat, withinMs: 8000 });
  const xero = connectionEntry(page, 'Xero');

  await test.step('ends the connection', async () => {
    await page.goto('/connections');
    await xero.getByRole('link', { name: 'Disconnect Xero' }).click();
    await page.getByRole('button', { name: 'Disconnect Xero' }).click();
    await expect(xero.getByText('Disconnected', { exact: true }).first()).toBeVisible();
    const { id, status } = await live.codat.findConnection(person.businessName, 'Xero');
    expect(status).toBe('Unlinked');
    await live.codat.act(id, 'authorize');
    await expect(xero.getByText('Connected', { exact: true }).first()).toBeVisible();
  });

  await test.step('both processes had their share of everything', async () => {
    expect(live.balancer.answered.size).toBe(2);
    for (const [, { page: pages, form, webhook, file }] of live.balancer.answered) {
      expect(Math.min(pages, file)).toBeGreaterThan(10);
      expect(Math.min(form, webhook)).toBeGreaterThan(1);
    }
  });

  await test.step('the next build, with the worker inside, takes over under an open form', async () => {
    const { id } = await live.codat.findConnection(person.businessName, 'Xero');
    await page.goto(`/connections/${id}/disconnect`);
    const built = await deploymentOf(page);
    // And with nobody who would take its traces.
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:9';
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT };
    const next = await live.startWeb('on', live.layNextBuild(), settings);
    const ends = [...web, worker].map(async (process) => {
      await process.stop();
      expect(await process.ended(), process.log).toBe(0);
    });
    await Promise.all(ends);
    // The form is of the old build and is taken by the new one.
    await page.getByRole('button', { name: 'Disconnect Xero' }).click();
    await expect(xero.getByText('Disconnected', { exact: true }).first()).toBeVisible();
    expect((await live.codat.findConnection(person.businessName, 'Xero')).status).toBe('Unlinked');
    await expect.poll(() => deploymentOf(page)).toBe('the-next-build');
    expect(built).toMatch(/^[0-9a-f]{16}$/);

    await live.codat.act(id, 'authorize');
    await expect(xero.getByText('Connected', { exact: true }).first()).toBeVisible();
    await Promise.all([page.close(), adminPage.close()]);
    await next.stop();
    expect(await next.ended(), next.log).toBe(0);
    for (const { log } of [...web, worker, next]) {
      expect(log.split('\n').filter((line) => /"level":[56]0/.test(line))).toEqual([]);
    }
    expect(next.log.split('traces could not be sent').length).toBeLessThanOrEqual(2);
  });

  await test.step('the collector has a trace of everything, and nothing secret in it', () => {
    const { collector, codat, secrets } = live;
    const [ofWeb, ofWorker] = ['web', 'worker'].map((service) => collector.spansOf(service));
    const namesOf = (spans = ofWeb) => new Set(spans?.map(({ name }) => name));
    const form = ofWeb?.filter(({ name }) => name === 'codat POST /companies')[0];
    const signUp = ofWeb?.filter(({ traceId }) => traceId === form?.traceId);
    expect([...namesOf(signUp)]).toEqual(
      expect.arrayContaining(['POST /sign-up', 'BaseServer.handleRequest', 'form']),
    );
    expect([...namesOf()]).toEqual(
      expect.arrayContaining(['GET /link/return', 'webhook receive', 'codat GET /companies/{id}']),
    );
    expect([...namesOf(ofWorker)]).toEqual(
      expect.arrayContaining(['webhook process', 'read company', 'job integrations.refresh']),
    );
    // Traces begin with a request, an event, a read or a job.
    const begun = [...(ofWeb ?? []), ...(ofWorker ?? [])].filter((span) => !span.parentSpanId);
    const odd = begun.filter(({ name }) => !/^([A-Z]+ |webhook |read |job )/.test(name));
    expect(odd).toEqual([]);
    const needles = { ...secrets, ...person, codat: codat.url };
    const wanted = new Map([...secretForms, ...Object.entries(needles)]);
    expect(findNeedles(collector.text, wanted)).toEqual([]);
  });
});

/** The build that the open page is of: its scripts carry the name. */
async function deploymentOf(page: Page): Promise<string | undefined> {
  const source = await page.locator('script[src*="?dpl="]').first().getAttribute('src');
  return source?.split('?dpl=')[1];
}
