import { RefreshCw } from 'lucide-react';
import { Time } from '@/components/time/time';
import { Notice } from '@/components/ui/notice';
import { t } from '@/messages/connections';

/** How old our knowledge is; loud when it is older than it should be. */
export function Freshness({ knownAt, stale }: { knownAt: string | null; stale: boolean }) {
  if (stale) {
    return (
      <Notice tone="warn" title={t('stale.title')} className="mb-6">
        <p>
          {knownAt
            ? t.rich('stale.text', { time: () => <Time at={knownAt} as="relative" /> })
            : t('staleNever')}
        </p>
      </Notice>
    );
  }
  return (
    <p className="mb-3 flex items-center gap-1.5 text-sm text-ink-faint">
      <RefreshCw className="size-3.5" aria-hidden="true" />
      <span>
        {knownAt
          ? t.rich('checked', { time: () => <Time at={knownAt} as="relative" /> })
          : t('neverChecked')}
      </span>
    </p>
  );
}
