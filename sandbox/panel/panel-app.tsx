/** @jsxImportSource hono/jsx */
import { Hono } from 'hono';
import { listFaults } from '@/sandbox/api/faults';
import { readQuota } from '@/sandbox/api/quota';
import { listRequests } from '@/sandbox/api/request-log';
import { PAGE_HEADERS, sendPage } from '@/sandbox/pages/send-page';
import { getProfile } from '@/sandbox/profile';
import { getCompany } from '@/sandbox/records/company-record';
import { listConnectionsOf, mapConnectionsOf } from '@/sandbox/records/connection-record';
import { listConsumers } from '@/sandbox/webhooks/consumers';
import { listDeliveries } from '@/sandbox/webhooks/deliveries';
import { secretsOf } from '@/sandbox/webhooks/signing-secrets';
import type { World } from '@/sandbox/world';
import { CompaniesPage } from './companies-page';
import { CompanyCard } from './company-card';
import { DeliveriesPage } from './deliveries-page';
import { findCompanies } from './find-companies';
import { panelActions } from './panel-actions';
import { PanelPage } from './panel-page';
import { RequestsPage } from './requests-page';
import { SettingsPage } from './settings-page';

const SHOWN = 100;
const REQUESTS_SINCE_MS = 24 * 60 * 60 * 1000;

/** The control panel for people; works without scripts. */
export function createPanel(world: World): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(PAGE_HEADERS)) c.res.headers.set(name, value);
  });

  app.get('/_sandbox', (c) => {
    const { q: search = '', page: pageText = '1', note } = c.req.query();
    const page = Math.max(1, Math.trunc(Number(pageText)) || 1);
    const { companies, total } = findCompanies(world, search, page);
    const ids = companies.map(({ id }) => id);
    return sendPage(
      c,
      <CompaniesPage
        companies={companies}
        connections={mapConnectionsOf(world, ids)}
        total={total}
        page={page}
        search={search}
        note={note}
      />,
    );
  });

  app.get('/_sandbox/companies/:companyId', (c) => {
    const company = getCompany(world, c.req.param('companyId'));
    if (!company) return c.notFound();
    return sendPage(
      c,
      <PanelPage title="Company" section="" note={c.req.query('note')}>
        <CompanyCard
          company={company}
          connections={listConnectionsOf(world, company.id)}
          back={`/_sandbox/companies/${company.id}`}
        />
      </PanelPage>,
    );
  });

  app.get('/_sandbox/deliveries', (c) => {
    const deliveries = listDeliveries(world, SHOWN).reverse();
    return sendPage(c, <DeliveriesPage deliveries={deliveries} note={c.req.query('note')} />);
  });

  app.get('/_sandbox/requests', (c) => {
    const requests = listRequests(world, world.realNow() - REQUESTS_SINCE_MS);
    return sendPage(
      c,
      <RequestsPage requests={requests.slice(-SHOWN).reverse()} quota={readQuota(world)} />,
    );
  });

  app.get('/_sandbox/settings', (c) =>
    sendPage(
      c,
      <SettingsPage
        settings={world.settings.current()}
        faults={listFaults(world)}
        profile={getProfile(world)}
        consumers={listConsumers(world).map((consumer) => ({
          consumer,
          secrets: secretsOf(world, consumer),
        }))}
        note={c.req.query('note')}
      />,
    ),
  );

  app.route('/', panelActions(world));
  app.notFound((c) =>
    sendPage(
      c,
      <PanelPage title="Nothing here" section="" note={undefined}>
        <p>The control panel doesn’t have this page.</p>
      </PanelPage>,
      404,
    ),
  );
  return app;
}
