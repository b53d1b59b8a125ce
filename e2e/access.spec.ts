import { randomUUID } from 'node:crypto';
import { type APIResponse, expect, type Page } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { sessionEnds } from './fixtures/console-watch';
import { connect } from './fixtures/hosted-link';
import { signUpOverHttp } from './fixtures/http-person';
import type { LocalCodat } from './fixtures/local-codat';
import { newPerson, type Person, signOut, signUp, submitSignIn } from './fixtures/person';
import { signUpUnseen } from './fixtures/signed-in';
import { codatUrl, portalUrl } from './fixtures/stack';
import { test } from './fixtures/test';

/** Where an answer sends the browser; null when it shows something itself. */
function target(response: APIResponse): string | null {
  const location = response.headers().location;
  return location ? new URL(location, portalUrl).href.replace(portalUrl, '') : null;
}

test.describe('nobody is signed in', () => {
  for (const path of [
    '/connections',
    `/connections/${randomUUID()}`,
    `/connections/${randomUUID()}/disconnect`,
    '/connect',
    `/connect?connection=${randomUUID()}`,
    `/link/done/${randomUUID()}`,
    '/link/return?state=abc&statusCode=200',
    '/admin',
    '/admin/companies',
    '/admin/companies?q=bakery&status=ok',
    `/admin/companies/${randomUUID()}`,
  ]) {
    test(`${path.replace(/[0-9a-f-]{36}/, '…')} asks to sign in and remembers the way`, async ({
      request,
    }) => {
      const response = await request.get(path, { maxRedirects: 0 });
      expect([303, 307]).toContain(response.status());
      expect(target(response)).toBe(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
    });
  }

  test('the live stream answers 401', async ({ request }) => {
    expect((await request.get('/api/live')).status()).toBe(401);
  });

  test('signing in leads on to the page that was asked for', async ({ page, visit, codat }) => {
    const person = await signUpUnseen(page.context());
    const company = await codat.findCompany(person.businessName);
    const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
    await page.goto('/connections');
    await expect(connectionEntry(page, 'Xero')).toBeVisible();
    const elsewhere = await visit();
    await elsewhere.goto(`/connections/${id}`);
    await submitSignIn(elsewhere, person);
    await expect(elsewhere).toHaveURL(`/connections/${id}`);
    await expect(elsewhere.getByRole('heading', { name: 'Xero' })).toBeVisible();
  });
});

test.describe('an address that names nothing', () => {
  for (const path of ['/connections/%ff', '/connections/%E0%A4%A/disconnect', '/link/done/%']) {
    test(`${path} is not found, with the headers of every page`, async ({ page, person: _ }) => {
      const response = await page.request.get(path);
      expect(response.status()).toBe(404);
      expect(response.headers()).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'self'"),
        'x-content-type-options': 'nosniff',
      });
      expect(await response.text()).toContain('We can’t find this page');
    });
  }

  test('asks to sign in first, like every address', async ({ request }) => {
    const response = await request.get('/admin/companies/%c0%af', { maxRedirects: 0 });
    expect(target(response)).toMatch(/^\/sign-in\?callbackUrl=%2Fadmin%2Fcompanies%2F/);
  });
});

test.describe('a customer and what is not theirs', () => {
  async function strangersConnection(
    page: Page,
    codat: LocalCodat,
  ): Promise<[Person, string, string]> {
    const stranger = await signUpUnseen(page.context());
    const company = await codat.findCompany(stranger.businessName);
    const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
    await page.goto('/connections');
    await expect(connectionEntry(page, 'Xero')).toBeVisible();
    return [stranger, company.name, id];
  }

  test("another business's connection is not found, as if it did not exist", async ({
    page,
    visit,
    codat,
    person: _,
  }) => {
    const [stranger, companyId, id] = await strangersConnection(await visit(), codat);
    const missing = randomUUID();
    for (const path of [
      '/connections/ID',
      '/connections/ID/disconnect',
      '/connect?connection=ID',
    ]) {
      const theirs = await page.request.get(path.replace('ID', id));
      const none = await page.request.get(path.replace('ID', missing));
      expect([theirs.status(), none.status()], path).toEqual([404, 404]);
      expect(await theirs.text()).not.toContain(stranger.businessName);
    }
    const preference = { name: 'portal-company', value: companyId, url: portalUrl };
    await page.context().addCookies([preference]);
    const overview = await page.request.get('/connections');
    expect(overview.ok()).toBe(true);
    expect(await overview.text()).not.toContain(stranger.businessName);
  });

  test("forms refuse another business's ids", async ({ page, visit, codat, person }) => {
    const [stranger, companyId, id] = await strangersConnection(await visit(), codat);
    const own = await codat.findCompany(person.businessName);
    const mine = await codat.addConnection(own.id, 'gbol', 'Linked');
    await page.goto('/connections');
    await expect(connectionEntry(page, 'Xero')).toBeVisible();

    // As the form is sent: a page that is rendered again puts its own values back.
    const forge = (name: string, value: string) =>
      page.evaluate(
        ([field = '', text = '']) => {
          const put = ({ target }: Event) => {
            const inputs = (target as HTMLFormElement).querySelectorAll<HTMLInputElement>(
              `input[type=hidden][name=${field}]`,
            );
            if (inputs.length === 0) throw new Error(`no hidden ${field}`);
            for (const input of inputs) input.value = text;
          };
          window.addEventListener('submit', put, { capture: true });
        },
        [name, value],
      );
    await page.goto(`/connections/${mine.id}/disconnect`);
    await forge('connectionId', id);
    await page.getByRole('button', { name: 'Disconnect Xero' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'no longer exists' })).toBeVisible();
    expect((await codat.findConnection(stranger.businessName, 'Xero')).status).toBe('Linked');

    await page.goto('/connect');
    await forge('companyId', companyId);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Continue to Codat' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'couldn’t find' })).toBeVisible();
    await expect(page).toHaveURL('/connect');
  });

  test('the admin pages are not found', async ({ page, person, codat }) => {
    const { name: ownId } = await codat.findCompany(person.businessName);
    for (const path of ['/admin', '/admin/companies', `/admin/companies/${ownId}`]) {
      const response = await page.request.get(path);
      expect(response.status(), path).toBe(404);
      expect(await response.text()).not.toContain('owner@example.com');
    }
  });
});

test.describe('signing in', () => {
  for (const callbackUrl of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example/connections',
    'javascript:alert(1)',
    '/%2f%2fevil.example/../..//evil.example',
  ]) {
    test(`callbackUrl ${JSON.stringify(callbackUrl)} does not lead away`, async ({ page }) => {
      const { person } = await signUpOverHttp();
      const away: string[] = [];
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== portalUrl) away.push(request.url());
      });
      await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
      await submitSignIn(page, person);
      await expect(page).not.toHaveURL(/\/sign-in/);
      expect(new URL(page.url()).origin).toBe(portalUrl);
      expect(away).toEqual([]);
    });
  }

  test('a wrong password and an unknown address get the same answer', async ({ page }) => {
    const { person } = await signUpOverHttp();
    const answers: (string | null)[] = [];
    for (const email of [person.email, newPerson().email]) {
      await page.goto('/sign-in');
      await submitSignIn(page, { email, password: 'not the password' });
      const alert = page.getByRole('alert').filter({ hasText: 'match' });
      await expect(alert).toBeVisible();
      answers.push(await alert.textContent());
      await expect(page.getByLabel('Email')).toHaveValue(email);
    }
    expect(answers[0]).toBe(answers[1]);
  });

  test('signing up with a known address and another password gets nobody in', async ({
    page,
    codat,
  }) => {
    const { person } = await signUpOverHttp();
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Somebody Else');
    await page.getByLabel('Business name').fill(`${person.businessName} Ltd`);
    await page.getByLabel('Email').fill(person.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('another long password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(
      page.getByRole('alert').filter({ hasText: 'couldn’t create an account' }),
    ).toBeVisible();
    expect((await page.request.get('/api/live')).status()).toBe(401);
    expect(await codat.countCompanies(`${person.businessName} Ltd`)).toBe(0);
  });
});

test('signing out ends the session for every copy of its cookie', async ({
  page,
  visit,
  context,
  person: _,
}) => {
  const storageState = await context.storageState();
  const copy = await visit({ storageState });
  await copy.goto('/connections');
  await expect(copy.getByRole('heading', { name: 'Add your first connection' })).toBeVisible();
  const later = await visit({ storageState });

  await page.goto('/connections');
  sessionEnds(copy.context());
  await signOut(page);
  // The page that is open elsewhere leaves by itself, and the cookie opens nothing any more.
  await expect(copy).toHaveURL(/\/sign-in/);
  expect((await later.request.get('/api/live')).status()).toBe(401);
  await later.goto('/connections');
  await expect(later).toHaveURL(/\/sign-in/);
});

test.describe('headers', () => {
  test('every page has a policy with a nonce of its own, on each of its scripts', async ({
    page,
    person: _,
  }) => {
    const nonces = new Set<string>();
    const paths = ['/', '/sign-in', '/sign-up', '/connections', '/connect', '/no-such-page'];
    for (const path of [...paths, ...paths]) {
      const response = await page.request.get(path);
      const headers = response.headers();
      const policy = headers['content-security-policy'] ?? '';
      const nonce = policy.match(/'nonce-([^']+)'/)?.[1] ?? '';
      expect(nonce.length, path).toBeGreaterThanOrEqual(22);
      nonces.add(nonce);
      const scripts = policy.match(/script-src [^;]*/)?.[0] ?? '';
      expect(scripts, path).not.toMatch(/unsafe-(inline|eval)|\*|https?:/);
      for (const directive of [
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy, path).toContain(directive);
      }
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['referrer-policy'], path).toBe('strict-origin-when-cross-origin');
      expect(headers['permissions-policy'], path).toContain('camera=()');
      expect(headers['x-powered-by'], path).toBeUndefined();
      expect(headers['cache-control'], path).toContain('no-store');

      const tags = (await response.text()).match(/<script\b[^>]*>/g) ?? [];
      expect(tags.length, path).toBeGreaterThan(0);
      for (const tag of tags) expect(tag, path).toContain(`nonce="${nonce}"`);
    }
    expect(nonces.size).toBe(2 * paths.length);
  });

  test('forms may lead to Codat from where one hands off, and nowhere else', async ({
    request,
  }) => {
    const formAction = async (path: string) => {
      const policy = (await request.get(path, { maxRedirects: 0 })).headers();
      return policy['content-security-policy']?.match(/form-action ([^;]*)/)?.[1]?.trim();
    };
    expect(await formAction('/sign-in')).toBe("'self'");
    expect(await formAction('/connect')).toContain('https:');
  });

  test('the session cookie is out of reach of scripts and other sites', async ({
    context,
    page,
  }) => {
    await signUp(page, newPerson());
    const session = (await context.cookies()).find(({ name }) => /portal-session/.test(name));
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(session?.name).toContain(new URL(portalUrl).port);
  });
});

test('no Link URL is in any page, RSC payload or JSON of a connected business', async ({
  page,
  person,
  codat,
  adminPage,
}) => {
  await connect(page, 'Xero');
  const done = new URL(page.url()).pathname;
  const company = await codat.findCompany(person.businessName);
  const pending = await codat.addConnection(company.id, 'exgd', 'PendingAuth');
  const lost = await codat.addConnection(company.id, 'suuo', 'Deauthorized');
  await page.goto('/connections');
  await expect(connectionEntry(page, 'Plaid')).toBeVisible();

  const customers = [
    '/connections',
    '/connect',
    done,
    ...[pending.id, lost.id].flatMap((id) => [`/connections/${id}`, `/connect?connection=${id}`]),
  ];
  const admins = ['/admin/companies', `/admin/companies/${company.name}`];
  for (const [{ request }, paths] of [
    [page, customers],
    [adminPage, admins],
  ] as const) {
    for (const path of paths) {
      for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
        const response = await request.get(path, { headers });
        expect(response.ok(), path).toBe(true);
        const body = await response.text();
        for (const trace of [codatUrl, '/company/', 'link.otp', 'otp=', `${lost.id}/start`]) {
          expect(body.includes(trace), `${path} holds ${trace}`).toBe(false);
        }
      }
    }
  }
});
