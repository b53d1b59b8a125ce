import { type Context, Hono } from 'hono';
import { addFault, clearFaults, faultSchema } from '@/sandbox/api/faults';
import { ALL_AGAINST, usualSettings } from '@/sandbox/assumptions';
import { createCompany, deleteCompany } from '@/sandbox/companies/change-company';
import { parseNewCompany } from '@/sandbox/companies/company-input';
import { actOnConnection, isConnectionAction } from '@/sandbox/control/connection-actions';
import { ControlError, parseControl } from '@/sandbox/control/control-error';
import { putConnection } from '@/sandbox/control/put-connection';
import { requireControlCompany } from '@/sandbox/control/require-subject';
import { resetState } from '@/sandbox/control/reset-state';
import { ApiError } from '@/sandbox/errors/api-error';
import { getIntegration } from '@/sandbox/integrations/catalogue';
import { mintingLinkUrls } from '@/sandbox/link/one-time-passwords';
import { STATUSES } from '@/sandbox/records/connection-record';
import { CHOICES, settingsChangeSchema } from '@/sandbox/settings';
import { resendMessage } from '@/sandbox/webhooks/deliveries';
import type { World } from '@/sandbox/world';

const ROOT = '/_sandbox';

type Form = Record<string, string>;

async function readForm(c: Context): Promise<Form> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Back to a page of the panel with a line that says what was done. */
function goBack(c: Context, back: string | undefined, note: string): Response {
  const isOwn = back === ROOT || back?.startsWith(`${ROOT}/`) || back?.startsWith(`${ROOT}?`);
  const url = new URL(back && isOwn ? back : ROOT, 'http://panel');
  url.searchParams.set('note', note);
  return c.redirect(`${url.pathname}${url.search}`, 303);
}

function settingsFrom(form: Form) {
  const number = (name: string): number => Number(form[name] || 0);
  return parseControl(settingsChangeSchema, {
    oneTimeLinks: form.oneTimeLinks === 'on',
    hostile: form.hostile === 'on',
    productsRequired: form.productsRequired === 'on',
    webhookDuplicate: number('webhookDuplicate'),
    webhookDrop: number('webhookDrop'),
    webhookShuffle: number('webhookShuffle'),
    webhookDelayMs: number('webhookDelayMs'),
    clockOffsetMs: number('clockOffsetMs'),
    ...Object.fromEntries(
      Object.keys(CHOICES).flatMap((name) => (form[name] ? [[name, form[name]]] : [])),
    ),
  });
}

function faultFrom(form: Form) {
  const effect = form.status ? { status: Number(form.status) } : { drop: true };
  return parseControl(faultSchema, { path: form.path, times: Number(form.times || 1), ...effect });
}

/** What the panel's buttons and forms do. */
export function panelActions(world: World): Hono {
  const routes = new Hono().basePath(ROOT);
  type Act = (form: Form, parameters: Record<string, string>) => string;
  const button = (path: string, act: Act): void => {
    routes.post(path, async (c) => {
      const form = await readForm(c);
      return goBack(c, form.back, act(form, c.req.param() as Record<string, string>));
    });
  };

  button('/companies', ({ name, description }) => {
    createCompany(world, parseNewCompany({ name, description }));
    return 'Company created.';
  });
  button(
    '/companies/:companyId/connections',
    ({ platformKey = '', status }, { companyId = '' }) => {
      const integration = getIntegration(platformKey);
      const wanted = STATUSES.find((one) => one === status);
      if (!integration || !wanted) throw new ControlError(400, 'No such platform or status');
      putConnection(world, requireControlCompany(world, companyId), integration, wanted);
      return `${integration.name} is added as ${wanted}.`;
    },
  );
  button('/connections/:connectionId/:action', (form, { connectionId = '', action = '' }) => {
    if (!isConnectionAction(action)) throw new ControlError(404, `There is no action ${action}`);
    const input = form.status ? { status: form.status } : {};
    const connection = actOnConnection(world, connectionId, action, input);
    return connection ? `Done: the connection is ${connection.status}.` : 'Connection deleted.';
  });
  button('/deliveries/:webhookId/resend', (_, { webhookId = '' }) =>
    resendMessage(world, webhookId) ? 'Sending it again.' : 'No such message.',
  );
  button('/faults', (form) => {
    addFault(world, faultFrom(form));
    return 'Fault added. It affects the next matching call.';
  });
  button('/faults/clear', () => {
    clearFaults(world);
    return 'Faults cleared.';
  });
  button('/reset', () => {
    resetState(world);
    return 'Everything is reset.';
  });
  button('/assumptions', ({ hold }) => {
    world.settings.update(hold === 'yes' ? usualSettings() : ALL_AGAINST);
    world.wake();
    return hold === 'yes' ? 'Every assumption holds.' : 'No assumption holds.';
  });
  button('/settings', (form) => {
    world.settings.update(settingsFrom(form));
    world.wake();
    return 'Settings saved.';
  });

  routes.post('/companies/:companyId/open', (c) => {
    const company = requireControlCompany(world, c.req.param('companyId'));
    return c.redirect(mintingLinkUrls(world).company(company.id), 303);
  });
  button('/companies/:companyId/delete', (_, { companyId = '' }) => {
    deleteCompany(world, requireControlCompany(world, companyId));
    return 'Company deleted.';
  });

  routes.onError((error, c) => {
    if (!(error instanceof ControlError) && !(error instanceof ApiError)) console.error(error);
    return goBack(c, c.req.header('referer')?.replace(/^https?:\/\/[^/]+/, ''), error.message);
  });
  return routes;
}
