import { ScrollArea } from '@/components/ui/scroll-area';
import { t } from '@/messages/webhooks';

/** Formatted on the server, shown as text: nothing in it is ever markup. */
export function EventPayload({ payload }: { payload: string }) {
  return (
    <>
      <p className="mb-3 text-ink-muted">{t('event.payloadHint')}</p>
      <ScrollArea
        label={t('event.payloadLabel')}
        className="max-h-[32rem] overflow-auto rounded-lg border border-line bg-sunken p-3"
      >
        <pre className="font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap break-words">
          {payload}
        </pre>
      </ScrollArea>
    </>
  );
}
