import { useT } from '#i18n';
import { ChoiceLinks } from '@/app/(admin)/admin/_components/choice-links';
import { AttentionStatus } from '@/components/status/attention-status';
import type { CappedCount, CompanyCounts, CompanyListInput } from '@/lib/companies/list/schemas';
import { attentionStates } from '@/lib/companies/types';
import type { T } from '@/messages/translator';
import { companiesHref } from './companies-href';

function countText(t: T<'adminCompanies'>, { count, isMore }: CappedCount): string {
  return t(isMore ? 'kinds.capped' : 'kinds.count', { count });
}

type Props = { input: CompanyListInput; counts: CompanyCounts };

/** One chip for each kind that there is, with its count; a chosen one stays even when it is empty. */
export function KindTabs({ input, counts }: Props) {
  const t = useT('adminCompanies');
  const { byAttention } = counts;
  const states = attentionStates.filter(
    (state) => byAttention[state].count > 0 || state === input.status,
  );
  const shelves = (['unassigned', 'ignored'] as const).filter(
    (shelf) => counts[shelf].count > 0 || shelf === input.show,
  );
  const kind = { status: undefined, show: undefined };
  return (
    <div className="mb-4">
      <ChoiceLinks
        slides
        label={t('kinds.label')}
        choices={[
          {
            key: 'all',
            href: companiesHref(input, kind),
            current: !input.status && !input.show,
            text: <span className="font-medium">{t('kinds.all')}</span>,
            count: countText(t, counts.all),
          },
          ...states.map((status) => ({
            key: status,
            href: companiesHref(input, { ...kind, status }),
            current: input.status === status,
            text: <AttentionStatus attention={status} />,
            count: countText(t, byAttention[status]),
          })),
          ...shelves.map((show) => ({
            key: show,
            href: companiesHref(input, { ...kind, show }),
            current: input.show === show,
            text: <span className="font-medium text-ink-muted">{t(`kinds.${show}`)}</span>,
            count: countText(t, counts[show]),
          })),
        ]}
      />
    </div>
  );
}
