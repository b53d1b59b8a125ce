import Link from 'next/link';
import type { ReactNode } from 'react';
import { AttentionStatus } from '@/components/status/attention-status';
import type { CappedCount, CompanyCounts, CompanyListInput } from '@/lib/companies/list/schemas';
import { attentionStates } from '@/lib/companies/schemas';
import { t } from '@/messages/admin-companies';
import { listHref } from './list-href';

const chip =
  'inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 text-sm whitespace-nowrap hover:border-line-strong aria-[current]:border-ink aria-[current]:bg-sunken';

type KindProps = { href: string; isCurrent: boolean; count: CappedCount; children: ReactNode };

function Kind({ href, isCurrent, count, children }: KindProps) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        scroll={false}
        aria-current={isCurrent ? 'true' : undefined}
        className={chip}
      >
        {children}
        <span className="text-ink-muted tabular-nums">
          {count.isMore ? t('kinds.capped', { count: count.count }) : count.count}
        </span>
      </Link>
    </li>
  );
}

type Props = { input: CompanyListInput; counts: CompanyCounts };

/** One chip for each kind that there is, with its count; a chosen one stays even when it is empty. */
export function KindTabs({ input, counts }: Props) {
  const { byAttention } = counts;
  const states = attentionStates.filter(
    (state) => byAttention[state].count > 0 || state === input.status,
  );
  const shelves = (['unassigned', 'ignored'] as const).filter(
    (shelf) => counts[shelf].count > 0 || shelf === input.show,
  );
  const kind = { status: undefined, show: undefined };
  return (
    <nav
      aria-label={t('kinds.label')}
      className="mb-4 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1"
    >
      <ul className="flex gap-2 sm:flex-wrap">
        <Kind
          href={listHref(input, kind)}
          isCurrent={!input.status && !input.show}
          count={counts.all}
        >
          <span className="font-medium">{t('kinds.all')}</span>
        </Kind>
        {states.map((status) => (
          <Kind
            key={status}
            href={listHref(input, { ...kind, status })}
            isCurrent={input.status === status}
            count={byAttention[status]}
          >
            <AttentionStatus attention={status} />
          </Kind>
        ))}
        {shelves.map((show) => (
          <Kind
            key={show}
            href={listHref(input, { ...kind, show })}
            isCurrent={input.show === show}
            count={counts[show]}
          >
            <span className="font-medium text-ink-muted">{t(`kinds.${show}`)}</span>
          </Kind>
        ))}
      </ul>
    </nav>
  );
}
