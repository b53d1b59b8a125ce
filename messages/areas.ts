import type account from './en/account.json';
import type admin from './en/admin.json';
import type adminCompanies from './en/admin-companies.json';
import type adminCompany from './en/admin-company.json';
import type adminOverview from './en/admin-overview.json';
import type audit from './en/audit.json';
import type auth from './en/auth.json';
import type connect from './en/connect.json';
import type connections from './en/connections.json';
import type errors from './en/errors.json';
import type layout from './en/layout.json';
import type settings from './en/settings.json';
import type webhooks from './en/webhooks.json';

/** The texts of a language: a file an area, each with the keys of the English one. */
export type Texts = {
  account: typeof account;
  admin: typeof admin;
  adminCompanies: typeof adminCompanies;
  adminCompany: typeof adminCompany;
  adminOverview: typeof adminOverview;
  audit: typeof audit;
  auth: typeof auth;
  connect: typeof connect;
  connections: typeof connections;
  errors: typeof errors;
  layout: typeof layout;
  settings: typeof settings;
  webhooks: typeof webhooks;
};

export type Area = keyof Texts;

type KeyOf<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${KeyOf<Tree[Key]>}`;
}[keyof Tree & string];

/** Names a text of an area, e.g. `staff.codatGone` of `errors`. */
export type TextKey<A extends Area> = KeyOf<Texts[A]>;

export type ErrorKey = TextKey<'errors'>;
