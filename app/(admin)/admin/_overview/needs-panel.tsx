import { ChevronRight, CircleX, Clock, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { Time } from '@/components/time/time';
import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import { countedTo } from '@/lib/lists/schemas';
import type { AttentionItem } from '@/lib/operations/overview/attention-items';
import type { Overview } from '@/lib/operations/overview/types';
import { getMessageText, getT } from '@/messages/server/get-t';
import type { MessageText } from '@/messages/server/message-text';
import type { T } from '@/messages/translator';

const looks = {
  bad: { Icon: CircleX, color: 'text-bad' },
  warn: { Icon: TriangleAlert, color: 'text-warn' },
  wait: { Icon: Clock, color: 'text-wait' },
};

/** Counted to the end, however many they are. */
const exact: AttentionItem['kind'][] = ['quotaLow', 'reconnect', 'stopped'];

type Props = { needs: AttentionItem[]; overview: Overview; quiet: boolean };

/** What needs a person, the worst first; one calm line when nothing does. */
export function NeedsPanel({ needs, overview, quiet }: Props) {
  const t = useT('adminOverview');
  if (needs.length === 0) return quiet ? null : <AllWell overview={overview} />;
  return (
    <Panel flush title={t('needs.title')}>
      <ul className="divide-y divide-line border-t border-line">
        {needs.map((need) => (
          <NeedRow key={need.finding?.id ?? need.kind} need={need} overview={overview} />
        ))}
      </ul>
    </Panel>
  );
}

function AllWell({ overview }: { overview: Overview }) {
  const t = useT('adminOverview');
  const { lastFinishedAt } = overview.sweeps;
  return (
    <Notice tone="ok" title={t('well.title')}>
      {lastFinishedAt ? (
        <p>{t.rich('well.compared', { time: () => <Time at={lastFinishedAt} as="relative" /> })}</p>
      ) : null}
    </Notice>
  );
}

async function NeedRow({ need, overview }: { need: AttentionItem; overview: Overview }) {
  const messageText = await getMessageText();
  const t = await getT('adminOverview');
  const { Icon, color } = looks[need.tone];
  return (
    <li>
      <Link
        href={need.href}
        prefetch={false}
        className="group flex items-start gap-3 px-4 py-3 hover:bg-sunken/60 sm:px-5"
      >
        <Icon className={cn('mt-0.5 size-5 shrink-0', color)} aria-hidden="true" />
        <span className="min-w-0 flex-1">
          <span className="block text-[0.9375rem] font-medium">
            {need.finding
              ? messageText(need.finding.found.messageKey, need.finding.found.params)
              : t(`needs.${need.kind}`, { count: need.count })}
            {need.count >= countedTo && !exact.includes(need.kind) ? (
              <span className="text-ink-muted"> {t('needs.orMore')}</span>
            ) : null}
          </span>
          <span className="block text-sm text-ink-muted">
            {explain(messageText, t, need, overview)}
          </span>
        </span>
        <ChevronRight
          aria-hidden="true"
          className="mt-0.5 size-5 shrink-0 text-ink-faint group-hover:text-ink rtl:-scale-x-100"
        />
      </Link>
    </li>
  );
}

function explain(
  messageText: MessageText,
  t: T<'adminOverview'>,
  need: AttentionItem,
  overview: Overview,
): ReactNode {
  const time = () => <Time at={need.since} as="relative" />;
  switch (need.kind) {
    case 'finding':
      return t.rich('needs.findingText', {
        title: need.finding
          ? messageText(need.finding.title.messageKey, need.finding.title.params)
          : '',
        time,
      });
    case 'setupsBlocked': {
      const [worst] = overview.setups.blockedProblems;
      return worst ? messageText(`errors.${worst}`) : t('needs.setupsBlockedText');
    }
    case 'workerSilent':
    case 'webhooksSilent':
    case 'sweepLate':
      return need.since ? t.rich(`needs.${need.kind}Text`, { time }) : t(`needs.${need.kind}Never`);
    case 'codatBlocked': {
      const { reads = 0, setups = 0 } = overview.blocked ?? {};
      return t.rich('needs.codatBlockedText', { time, reads, setups });
    }
    case 'quotaLow':
    case 'unfinishedOld':
      return t.rich(`needs.${need.kind}Text`, { time });
    default:
      return t(`needs.${need.kind}Text`);
  }
}
