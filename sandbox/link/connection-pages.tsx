/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { unlinkConnection } from '@/sandbox/connections/change-connection';
import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { sendPage } from '@/sandbox/pages/send-page';
import { requireCompany } from '@/sandbox/records/company-record';
import type { World } from '@/sandbox/world';
import {
  AlreadyConnectedPage,
  ConnectedPage,
  NotConnectedPage,
  QuestionPage,
} from './result-pages';
import { applySignIn, getSignIn, hasAuthorized, startSignIn } from './sign-in';
import { linkUnknown, requireOwnConnection, requireVisit } from './visit';

/** The way back from the platform, its result, and the management of what is connected. */
export function connectionPages(world: World): Hono {
  const routes = new Hono();
  const ONE = '/link/:flowId/connections/:connectionId';

  routes.get('/link/:flowId/callback/:signInId', (c) => {
    const { flow, base } = requireVisit(world, c);
    const signIn = getSignIn(world, c.req.param('signInId'));
    if (signIn?.flowId !== flow.id) throw linkUnknown();
    applySignIn(world, flow, signIn);
    return c.redirect(`${base}/connections/${signIn.connectionId}`, 303);
  });

  routes.get(ONE, (c) => {
    const visit = requireVisit(world, c);
    const connection = requireOwnConnection(world, c, visit);
    const { flow, base, clientName } = visit;
    const page = {
      base,
      clientName,
      integration: requireIntegration(connection.platformKey),
      isSingle: flow.connectionId !== null,
    };
    if (connection.status !== 'Linked') {
      const { problem } = flow;
      const reason = problem === 'cancelled' || problem === 'failed' ? problem : 'unfinished';
      return sendPage(
        c,
        <NotConnectedPage {...page} connectionId={connection.id} reason={reason} />,
      );
    }
    const isFresh = hasAuthorized(world, flow, connection.id);
    return sendPage(c, isFresh ? <ConnectedPage {...page} /> : <AlreadyConnectedPage {...page} />);
  });

  routes.post(`${ONE}/authorize`, (c) => {
    const visit = requireVisit(world, c);
    const connection = requireOwnConnection(world, c, visit);
    if (connection.status === 'Linked') {
      return c.redirect(`${visit.base}/connections/${connection.id}`, 303);
    }
    return c.redirect(startSignIn(world, visit.flow, connection), 303);
  });

  routes.get(`${ONE}/disconnect`, (c) => {
    const visit = requireVisit(world, c);
    const connection = requireOwnConnection(world, c, visit);
    const { name } = requireIntegration(connection.platformKey);
    return sendPage(
      c,
      <QuestionPage
        clientName={visit.clientName}
        heading={`Disconnect ${name}?`}
        action={`${visit.base}/connections/${connection.id}/disconnect`}
        yes="Yes, disconnect"
        no="Keep it connected"
        back={visit.base}
      >
        {visit.clientName} will no longer read from {name}. Data already read stays there.
      </QuestionPage>,
    );
  });

  routes.post(`${ONE}/disconnect`, (c) => {
    const visit = requireVisit(world, c);
    const connection = requireOwnConnection(world, c, visit);
    if (connection.status === 'Linked') {
      unlinkConnection(world, requireCompany(world, connection.companyId), connection);
    }
    return c.redirect(visit.base, 303);
  });

  return routes;
}
