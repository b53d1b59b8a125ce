import 'server-only';
import type { ReactNode } from 'react';
import type { Area, Texts } from '@/messages/areas';
import { TextsProvider } from '@/messages/i18n';
import { getLocale } from './request-locale';
import { textsOf } from './texts';

type Props = { areas: readonly Area[]; children: ReactNode };

/** Gives the browser the texts of areas, in the request's locale, besides those of outer layouts. */
export async function GiveTexts({ areas, children }: Props) {
  const locale = await getLocale();
  const all = textsOf(locale);
  const texts: Partial<Texts> = Object.fromEntries(areas.map((area) => [area, all[area]]));
  return (
    <TextsProvider locale={locale} texts={texts}>
      {children}
    </TextsProvider>
  );
}
