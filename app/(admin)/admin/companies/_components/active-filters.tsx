import { X } from 'lucide-react';
import Link from 'next/link';
import { useT } from '#i18n';
import type { CompanyListInput } from '@/lib/companies/list/schemas';
import { companiesHref } from './companies-href';
import { filterNames, filterText, type Platform } from './filter-names';

type Props = { input: CompanyListInput; platforms: Platform[] };

/** The active filters; each can be removed, or all together. */
export function ActiveFilters({ input, platforms }: Props) {
  const t = useT('adminCompanies');
  const words = {
    t,
    admin: useT('admin'),
    overview: useT('adminOverview'),
    connections: useT('connections'),
  };
  const active = filterNames.flatMap((name) => {
    const value = filterText(words, input, name, platforms);
    return value ? [{ name, value }] : [];
  });
  if (active.length === 0) return null;
  return (
    <ul aria-label={t('filters.active')} className="flex min-w-0 flex-wrap items-center gap-2">
      {active.map(({ name, value }) => (
        <li
          key={name}
          className="inline-flex max-w-full items-center rounded-lg border border-line bg-surface text-sm"
        >
          <span className="min-w-0 truncate py-1 ps-2.5">
            <span className="text-ink-muted">{t(`filters.${name}`)}</span>{' '}
            <span className="font-medium">{value}</span>
          </span>
          <Link
            href={companiesHref(input, { [name]: undefined })}
            prefetch={false}
            scroll={false}
            aria-label={t('filters.remove', { filter: `${t(`filters.${name}`)} ${value}` })}
            className="grid size-8 shrink-0 place-items-center rounded-lg text-ink-faint hover:bg-sunken hover:text-ink"
          >
            <X className="size-3.5" aria-hidden="true" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          href={companiesHref({ q: input.q, sort: input.sort })}
          prefetch={false}
          scroll={false}
          className="inline-flex min-h-8 items-center px-1 text-sm text-ink-muted underline underline-offset-4 hover:text-ink"
        >
          {t('filters.clear')}
        </Link>
      </li>
    </ul>
  );
}
