import { expect, type Page } from '@playwright/test';
import { pageRules } from '@/architecture/access-rules';
import { test } from './fixtures/test';

/** Holds the page's scripts back until `release` is called. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Puts an element of a password manager after each field, as it does before scripts run. */
function insertElements(page: Page): Promise<number> {
  return page.evaluate(() => {
    const inputs = document.querySelectorAll('form input:not([type=hidden])');
    for (const input of inputs) {
      const icon = document.createElement('div');
      icon.dataset.lastpassIconRoot = '';
      input.after(icon);
    }
    return inputs.length;
  });
}

/** Fills in every field of the page's main part. @returns what each then holds. */
async function fillIn(page: Page): Promise<string[]> {
  for (const field of await page.locator('main form :is(input, textarea):visible').all()) {
    const type = await field.getAttribute('type');
    if (type === 'checkbox' || type === 'radio') await field.check();
    else if (type === 'date') await field.fill('2026-01-02');
    else if (await field.isEditable())
      await field.fill(`typed ${(await field.getAttribute('name')) ?? ''}`);
  }
  return heldValues(page);
}

function heldValues(page: Page): Promise<string[]> {
  return (
    page
      // What only scripts can do has no name, and is there once they run.
      .locator('main form :is(input:not([type=hidden]), textarea)[name]:visible')
      .evaluateAll((fields) =>
        (fields as HTMLInputElement[]).map(
          ({ name, type, value, checked }) =>
            `${name}=${type === 'checkbox' || type === 'radio' ? checked : value}`,
        ),
      )
  );
}

async function typeBeforeScripts(page: Page, path: string): Promise<string[]> {
  const release = await holdScripts(page);
  await page.goto(path, { waitUntil: 'commit' });
  await expect(page.locator('footer'), path).toBeAttached();
  if ((await insertElements(page)) === 0) {
    release();
    return [];
  }
  const typed = await fillIn(page);
  if (typed.length === 0) {
    release();
    return [];
  }
  const last = page.locator('main form :is(input, textarea):visible').last();
  await last.focus();
  const focused = await last.getAttribute('name');
  release();
  // The switch of appearance is there once scripts run.
  await expect(page.locator('footer fieldset'), path).toBeVisible();
  await expect.poll(() => heldValues(page), { message: path }).toEqual(typed);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name')), path).toBe(
    focused,
  );
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  return typed;
}

test.describe('an element that is not ours in a form', () => {
  // What React says of a page that it did not make.
  test.use({ expectedProblems: [/#418/] });

  test('loses nothing that was typed before the scripts ran', async ({
    page,
    person,
    visit,
    staffPage,
    codat,
    rows,
  }) => {
    test.setTimeout(180_000);
    const { id: companyId } = await rows.companyOf(person.email);
    const company = await codat.findCompany(person.businessName);
    const { id: connectionId } = await codat.addConnection(company.id, 'gbol', 'Linked');
    await expect
      .poll(() => rows.query('select from connections where id = $1', [connectionId]))
      .toHaveLength(1);
    const [event] = await rows.query<{ id: string }>(
      'select id from webhook_events where company_id = $1 limit 1',
      [companyId],
    );
    const values: Record<string, string | undefined> = {
      companyId,
      connectionId,
      eventId: event?.id,
    };
    const people = { anyone: await visit(), staff: await staffPage('admin'), customer: page };

    const withFields: string[] = [];
    for (const [route, { may }] of Object.entries(pageRules)) {
      const who = may === 'anyone' || may === 'staff' ? may : 'customer';
      const names = [...route.matchAll(/\[([^\]]+)\]/g)].map(([, name = '']) => name);
      if (names.some((name) => !values[name])) continue;
      const path = route.replace(/\[([^\]]+)\]/g, (_all, name: string) => values[name] ?? '');
      const typed = await test.step(path, () => typeBeforeScripts(people[who], path));
      if (typed.length > 0) withFields.push(route);
    }
    expect(withFields).toEqual(
      expect.arrayContaining(['/sign-in', '/sign-up', '/account', '/connect', '/admin/companies']),
    );
    expect(withFields.length).toBeGreaterThan(10);
  });
});
