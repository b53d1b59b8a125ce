/** @jsxImportSource hono/jsx */
import { type Context, Hono } from 'hono';
import { createConnection } from '@/sandbox/connections/change-connection';
import {
  getIntegration,
  type Integration,
  requireIntegration,
} from '@/sandbox/integrations/catalogue';
import { sendPage } from '@/sandbox/pages/send-page';
import { requireCompany } from '@/sandbox/records/company-record';
import { type Connection, listConnectionsOf } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { getCategory, listChoices } from './categories';
import { ConsentPage } from './consent-page';
import { saveFlow } from './flow';
import { PlatformListPage } from './platform-list-page';
import { AlreadyConnectedPage, UnsupportedPage } from './result-pages';
import { startSignIn } from './sign-in';
import { linkUnknown, requireVisit, type Visit } from './visit';

function requireOffered(c: Context): Integration {
  const integration = getIntegration(c.req.param('platformKey') ?? '');
  if (!integration || !getCategory(integration.sourceType)) throw linkUnknown();
  return integration;
}

function linkedAccounting(world: World, { flow }: Visit): Connection | undefined {
  return listConnectionsOf(world, flow.companyId).find(
    ({ status, platformKey }) =>
      status === 'Linked' && requireIntegration(platformKey).sourceType === 'Accounting',
  );
}

/** Pressing *Next* twice in one flow makes one connection. */
function pendingOfThisFlow(world: World, { flow }: Visit, key: string): Connection | undefined {
  return listConnectionsOf(world, flow.companyId).find(
    ({ id, status, platformKey }) =>
      id === flow.lastConnectionId && status === 'PendingAuth' && platformKey === key,
  );
}

/** Choosing a platform and agreeing to what is shared. */
export function choiceRoutes(world: World): Hono {
  const routes = new Hono();

  function showUnsupported(c: Context, visit: Visit, integration: Integration | null) {
    const problemText = integration?.key ?? null;
    saveFlow(world, { ...visit.flow, problem: 'unsupported', problemText });
    const name = integration?.name ?? 'Your software';
    const { clientName, base } = visit;
    return sendPage(c, <UnsupportedPage clientName={clientName} base={base} name={name} />);
  }

  routes.get('/link/:flowId/platforms', (c) => {
    const { flow, base, clientName } = requireVisit(world, c);
    const category = getCategory(c.req.query('category'));
    const search = c.req.query('q') ?? '';
    const showsSandbox = flow.parameters['link.showSandboxIntegrations'] !== 'false';
    return sendPage(
      c,
      <PlatformListPage
        clientName={clientName}
        base={base}
        category={category}
        search={search}
        integrations={listChoices({ category, search, showsSandbox })}
      />,
    );
  });

  routes.get('/link/:flowId/unsupported', (c) => showUnsupported(c, requireVisit(world, c), null));

  routes.get('/link/:flowId/platforms/:platformKey', (c) => {
    const visit = requireVisit(world, c);
    const integration = requireOffered(c);
    if (!integration.enabled) return showUnsupported(c, visit, integration);
    const { base, clientName } = visit;
    const linked = linkedAccounting(world, visit);
    if (linked?.platformKey === integration.key) {
      return sendPage(
        c,
        <AlreadyConnectedPage
          clientName={clientName}
          base={base}
          integration={integration}
          isSingle={false}
        />,
      );
    }
    const replaces =
      linked && integration.sourceType === 'Accounting'
        ? requireIntegration(linked.platformKey).name
        : null;
    return sendPage(
      c,
      <ConsentPage
        clientName={clientName}
        base={base}
        integration={integration}
        replaces={replaces}
      />,
    );
  });

  routes.post('/link/:flowId/platforms/:platformKey', (c) => {
    const visit = requireVisit(world, c);
    const integration = requireOffered(c);
    if (!integration.enabled) return showUnsupported(c, visit, integration);
    const { flow } = visit;
    const connection =
      pendingOfThisFlow(world, visit, integration.key) ??
      createConnection(world, requireCompany(world, flow.companyId), integration);
    return c.redirect(startSignIn(world, flow, connection), 303);
  });

  return routes;
}
