import 'server-only';
import { getEnv } from '@/env';
import type { Texts } from '@/messages/areas';
import account from '@/messages/en/account.json';
import admin from '@/messages/en/admin.json';
import adminCompanies from '@/messages/en/admin-companies.json';
import adminCompany from '@/messages/en/admin-company.json';
import adminOverview from '@/messages/en/admin-overview.json';
import audit from '@/messages/en/audit.json';
import auth from '@/messages/en/auth.json';
import connect from '@/messages/en/connect.json';
import connections from '@/messages/en/connections.json';
import errors from '@/messages/en/errors.json';
import layout from '@/messages/en/layout.json';
import settings from '@/messages/en/settings.json';
import webhooks from '@/messages/en/webhooks.json';
import { isPseudo, type Locale, type PseudoLocale, type ShippedLocale } from '@/messages/locales';
import { pseudoTexts } from '@/messages/pseudo';

const shipped: Record<ShippedLocale, Texts> = {
  en: {
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
  },
};

/** Pseudo-locales are for trying the portal out, never for customers. */
export function mayBePseudo(): boolean {
  return getEnv().PORTAL_MODE !== 'production';
}

const pseudo = new Map<PseudoLocale, Texts>();

/** Every text of a locale. A browser is given those of its page, by `GiveTexts`. */
export function textsOf(locale: Locale): Texts {
  if (!isPseudo(locale)) return shipped[locale];
  const texts = pseudo.get(locale) ?? pseudoTexts(shipped.en);
  pseudo.set(locale, texts);
  return texts;
}
