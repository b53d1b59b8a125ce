/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { assetRoutes } from '@/sandbox/pages/asset-routes';
import { PAGE_HEADERS, sendPage } from '@/sandbox/pages/send-page';
import { getProfile } from '@/sandbox/profile';
import { getCompany } from '@/sandbox/records/company-record';
import { getConnection, listConnectionsOf } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { choiceRoutes } from './choice-routes';
import { connectionPages } from './connection-pages';
import { endingRoutes } from './ending-routes';
import { getFlow } from './flow';
import { MainPage } from './main-page';
import { NoticePage } from './notice-page';
import { openLink } from './open-link';
import { startSignIn } from './sign-in';
import { LinkRefusal, linkExpired, linkNotForPeople, linkUnknown, requireVisit } from './visit';

const COMPANY_URL = '/company/:companyId';
const CONNECTION_URL = '/companies/:companyId/connections/:connectionId/start';

/** Whether a path belongs to Hosted Link and not to the API. */
export function isLinkPath(path: string): boolean {
  return (
    /^\/(company|link|assets)\//.test(path) ||
    /^\/companies\/[^/]+\/connections\/[^/]+\/start$/.test(path) ||
    path === '/favicon.ico'
  );
}

/** Hosted Link: the pages that a customer is sent to. */
export function createLinkApp(world: World): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    if (c.req.path.startsWith('/assets/')) return;
    for (const [name, value] of Object.entries(PAGE_HEADERS)) c.res.headers.set(name, value);
  });
  app.route('/', assetRoutes(world));

  app.get(COMPANY_URL, (c) => {
    const companyId = c.req.param('companyId');
    if (!getCompany(world, companyId)) throw linkUnknown();
    // A look by a machine (link previews ask with HEAD) uses nothing up.
    if (c.req.method === 'HEAD') return c.body(null, 200);
    const flowId = openLink(world, c, companyId, null);
    if (!flowId) throw linkExpired();
    return c.redirect(`/link/${flowId}`, 302);
  });

  app.get(CONNECTION_URL, (c) => {
    const { companyId, connectionId } = c.req.param();
    const connection = getConnection(world, connectionId);
    if (connection?.companyId !== companyId) throw linkUnknown();
    if (c.req.method === 'HEAD') return c.body(null, 200);
    if (connection.platformKey === 'olpr') throw linkNotForPeople();
    const flowId = openLink(world, c, companyId, connectionId);
    const flow = flowId && getFlow(world, flowId);
    if (!flow) throw linkExpired();
    if (connection.status === 'Linked') {
      return c.redirect(`/link/${flow.id}/connections/${connection.id}`, 302);
    }
    return c.redirect(startSignIn(world, flow, connection), 302);
  });

  app.get('/link/:flowId', (c) => {
    const visit = requireVisit(world, c);
    const { flow, base, clientName } = visit;
    if (flow.connectionId) return c.redirect(`${base}/connections/${flow.connectionId}`, 303);
    const connections = listConnectionsOf(world, flow.companyId);
    return sendPage(c, <MainPage clientName={clientName} base={base} connections={connections} />);
  });

  app.route('/', choiceRoutes(world));
  app.route('/', connectionPages(world));
  app.route('/', endingRoutes(world));

  app.notFound((c) => {
    const { message, heading } = linkUnknown();
    const page = (
      <NoticePage clientName={getProfile(world).name} heading={heading} text={message} />
    );
    return sendPage(c, page, 404);
  });
  app.onError((error, c) => {
    const clientName = getProfile(world).name;
    if (error instanceof LinkRefusal) {
      const page = (
        <NoticePage clientName={clientName} heading={error.heading} text={error.message} />
      );
      return sendPage(c, page, error.status);
    }
    console.error(error);
    const text = 'The local Codat had an error; see its log.';
    const page = <NoticePage clientName={clientName} heading="Something went wrong" text={text} />;
    return sendPage(c, page, 500);
  });
  return app;
}
