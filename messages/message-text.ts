import 'server-only';
import account from './en/account.json';
import admin from './en/admin.json';
import adminCompanies from './en/admin-companies.json';
import adminCompany from './en/admin-company.json';
import adminOverview from './en/admin-overview.json';
import audit from './en/audit.json';
import auth from './en/auth.json';
import connect from './en/connect.json';
import connections from './en/connections.json';
import errors from './en/errors.json';
import layout from './en/layout.json';
import settings from './en/settings.json';
import webhooks from './en/webhooks.json';
import { translatorOf } from './translator';

// Only for the server: a browser gets the texts of the areas that its page shows, never all of them.
const every = translatorOf({
  account,
  admin,
  adminCompanies,
  adminCompany,
  adminOverview,
  audit,
  auth,
  connect,
  connections,
  errors,
  layout,
  settings,
  webhooks,
});

/** The text of a message key of any area that is only known at run time. */
export function messageText(messageKey: string, params?: Record<string, string | number>): string {
  return every(messageKey as never, params as never);
}

/** Whether there is a text under a message key that is only known at run time. */
export function hasMessage({ messageKey }: { messageKey: string }): boolean {
  return every.has(messageKey as never);
}
