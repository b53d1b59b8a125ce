import account from './account.json';
import admin from './admin.json';
import adminCompanies from './admin-companies.json';
import adminCompany from './admin-company.json';
import adminOverview from './admin-overview.json';
import audit from './audit.json';
import auth from './auth.json';
import connect from './connect.json';
import connections from './connections.json';
import errors from './errors.json';
import layout from './layout.json';
import settings from './settings.json';
import webhooks from './webhooks.json';

/** Every text a person reads, in English. One JSON file an area. */
export const messages = {
  account,
  admin,
  adminCompanies,
  adminCompany,
  audit,
  adminOverview,
  auth,
  connect,
  connections,
  errors,
  layout,
  settings,
  webhooks,
};
