/** @jsxImportSource hono/jsx */
import { type Context, Hono } from 'hono';
import { type Integration, requireIntegration } from '@/sandbox/integrations/catalogue';
import { decideSignIn, getSignIn, type SignIn, type SignInResult } from '@/sandbox/link/sign-in';
import { assetRoutes } from '@/sandbox/pages/asset-routes';
import { PAGE_HEADERS, sendPage } from '@/sandbox/pages/send-page';
import { getProfile } from '@/sandbox/profile';
import { getCompany } from '@/sandbox/records/company-record';
import { getConnection } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { PlatformNotice, SignInPage } from './sign-in-page';

const RESULTS: Record<string, SignInResult> = {
  authorize: 'authorized',
  cancel: 'cancelled',
  fail: 'failed',
};

interface Open {
  signIn: SignIn;
  integration: Integration;
  organisations: string[];
}

function findOpen(world: World, c: Context): Open | null {
  const signIn = getSignIn(world, c.req.param('signInId') ?? '');
  const connection = signIn && getConnection(world, signIn.connectionId);
  const company = connection && getCompany(world, connection.companyId);
  if (!signIn || !connection || !company) return null;
  return {
    signIn,
    integration: requireIntegration(connection.platformKey),
    organisations: [company.description || company.name, 'Demo Company (Global)'],
  };
}

/** The stand-in for every platform's own sign-in; on an origin of its own, as in real life. */
export function createPlatformApp(world: World): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    if (c.req.path.startsWith('/assets/')) return;
    for (const [name, value] of Object.entries(PAGE_HEADERS)) c.res.headers.set(name, value);
  });
  app.route('/', assetRoutes(world));

  app.get('/authorize/:signInId', (c) => {
    const open = findOpen(world, c);
    if (!open) return c.notFound();
    const { integration, organisations, signIn } = open;
    if (signIn.result) {
      const text = 'This sign-in has already been used. Go back and start again.';
      return sendPage(c, <PlatformNotice heading="This sign-in has ended" text={text} />, 410);
    }
    return sendPage(
      c,
      <SignInPage
        integration={integration}
        organisations={organisations}
        clientName={getProfile(world).name}
        action={`/authorize/${signIn.id}`}
      />,
    );
  });

  app.post('/authorize/:signInId', async (c) => {
    const open = findOpen(world, c);
    if (!open) return c.notFound();
    const form = await c.req.parseBody();
    const result = RESULTS[String(form.action)];
    if (!result) return c.text('Unknown action', 400);
    const organisation = typeof form.organisation === 'string' ? form.organisation : null;
    decideSignIn(world, open.signIn.id, result, organisation);
    const { flowId, id } = open.signIn;
    return c.redirect(`${world.publicUrl}/link/${flowId}/callback/${id}`, 303);
  });

  app.notFound((c) => {
    const text = 'This address doesn’t belong to a sign-in in progress.';
    return sendPage(c, <PlatformNotice heading="Nothing here" text={text} />, 404);
  });
  app.onError((error, c) => {
    console.error(error);
    return c.text('The local Codat had an error; see its log.', 500);
  });
  return app;
}
