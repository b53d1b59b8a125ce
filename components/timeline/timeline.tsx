import { useT } from '#i18n';
import { ConnectionMark, changeText } from '@/components/status/connection-status';
import { StatusMark } from '@/components/status/status-mark';
import { Time } from '@/components/time/time';
import type { ConnectionHistoryEntry } from '@/lib/connections/types';

type Props = { entries: ConnectionHistoryEntry[]; brandName: string };

/** Status changes, newest first: what, when, and the source. */
export function Timeline({ entries, brandName }: Props) {
  const t = useT('connections');
  return (
    <ol className="relative">
      {entries.map((entry, i) => (
        <li key={entry.id} className="relative flex gap-3 pb-5 last:pb-0">
          {i < entries.length - 1 ? (
            <span
              aria-hidden="true"
              className="absolute top-5 bottom-0 start-2 border-s border-line"
            />
          ) : null}
          <span className="z-10 mt-1 h-fit bg-surface">
            {entry.toStatus ? (
              <ConnectionMark status={entry.toStatus} />
            ) : (
              <StatusMark shape="cross" className="text-ink-muted" />
            )}
          </span>
          <div className="min-w-0 text-[0.9375rem]">
            <p className="font-medium">{changeText(t, entry)}</p>
            <p className="text-sm text-ink-faint">
              <Time at={entry.occurredAt} />
              {' · '}
              {t(`timeline.source.${entry.source}`, { brand: brandName })}
              {entry.actorName ? ` ${t('timeline.by', { name: entry.actorName })}` : null}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
