import Link from 'next/link';
import { AttentionStatus } from '@/components/status/attention-status';
import type { CompanyListInput, CompanyListPage } from '@/lib/companies/schemas';
import { attentionStates } from '@/lib/connections/schemas';
import { translator } from '@/messages/translator';
import { listHref } from './list-href';

const t = translator('admin');

const chip =
  'inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 text-sm hover:border-line-strong aria-[current]:border-ink aria-[current]:bg-sunken';

type Props = { input: CompanyListInput; counts: CompanyListPage['counts'] };

/** One chip a state that occurs, with its count; a chosen one stays even when it is empty. */
export function AttentionFilter({ input, counts }: Props) {
  const count = (state: string) => counts.find(({ attention }) => attention === state)?.count ?? 0;
  const total = counts.reduce((sum, entry) => sum + entry.count, 0);
  const shown = attentionStates.filter((state) => count(state) > 0 || state === input.status);
  return (
    <nav aria-label={t('companies.filter')} className="mb-4">
      <ul className="flex flex-wrap gap-2">
        <li>
          <Link
            href={listHref({ q: input.q })}
            aria-current={input.status ? undefined : 'true'}
            className={chip}
          >
            <span className="font-medium">{t('companies.all')}</span>
            <span className="text-ink-muted tabular-nums">{total}</span>
          </Link>
        </li>
        {shown.map((state) => (
          <li key={state}>
            <Link
              href={listHref({ q: input.q, status: state })}
              aria-current={input.status === state ? 'true' : undefined}
              className={chip}
            >
              <AttentionStatus attention={state} />
              <span className="text-ink-muted tabular-nums">{count(state)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
