import { Notice } from '@/components/ui/notice';
import { translator } from '@/messages/translator';

const t = translator('adminCompany');

const things = ['disconnected', 'removed', 'renamed', 'tagged'] as const;

/** What has just been done on a page that led back here. */
export function DoneNotice({ done }: { done: unknown }) {
  const thing = things.find((known) => known === done);
  if (!thing) return null;
  return (
    <div role="status" className="mb-4">
      <Notice tone="ok">
        <p className="text-ink">{t(`done.${thing}`)}</p>
      </Notice>
    </div>
  );
}
