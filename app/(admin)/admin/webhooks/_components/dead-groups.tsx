import Link from 'next/link';
import { useT } from '#i18n';
import { hrefOf } from '@/components/href';
import { Time } from '@/components/time/time';
import type { DeadGroup, EventFilter } from '@/lib/webhooks/room/schemas';
import { ReprocessForm, SettleForm } from './reprocess';

type Props = { groups: DeadGroup[]; filter: EventFilter; mayWrite: boolean };

/** Dead letters by cause: each is looked at, retried or settled as a whole. */
export function DeadGroups({ groups, filter, mayWrite }: Props) {
  const t = useT('webhooks');
  return (
    <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
      {groups.map(({ cause, eventType, error, count, firstAt, lastAt }) => {
        const fields = { all: 'dead', ...filter, cause };
        return (
          <li key={cause} className="space-y-2 px-4 py-3.5 sm:px-5">
            <p className="text-[0.9375rem]">
              <strong className="font-semibold">{t('deadLetters.group', { count })}</strong>
              {' · '}
              <span translate="no">{eventType}</span>
            </p>
            <p className="line-clamp-2 text-sm break-words text-ink-muted">
              {error || t('deadLetters.noError')}
            </p>
            <p className="text-sm text-ink-faint">
              {t.rich(count > 1 ? 'deadLetters.between' : 'deadLetters.at', {
                first: () => <Time at={firstAt} />,
                last: () => <Time at={lastAt} as="relative" />,
              })}
            </p>
            <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
              {mayWrite ? (
                <ReprocessForm fields={fields}>
                  {t('deadLetters.retryGroup', { count })}
                </ReprocessForm>
              ) : null}
              {filter.cause ? null : (
                <Link
                  href={hrefOf('/admin/webhooks', { ...filter, state: 'dead', cause })}
                  className="inline-flex min-h-9 items-center text-sm underline underline-offset-4"
                >
                  {t('deadLetters.show', { count })}
                </Link>
              )}
              {mayWrite ? (
                <SettleForm id={`reason-${cause}`} fields={fields}>
                  {t('settle.submit', { count })}
                </SettleForm>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
