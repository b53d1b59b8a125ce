import { useT } from '#i18n';
import { lagText } from '@/app/(admin)/admin/webhooks/_components/event-result';
import { type MarkShape, StatusMark } from '@/components/status/status-mark';
import { Time } from '@/components/time/time';
import type { EventDetail, EventStep } from '@/lib/webhooks/room/schemas';
import type { T } from '@/messages/translator';

const looks: Record<EventStep['kind'], { shape: MarkShape; color: string }> = {
  generated: { shape: 'ring', color: 'text-ink-muted' },
  received: { shape: 'ring', color: 'text-ink-muted' },
  verified: { shape: 'check', color: 'text-ok' },
  'delivered-again': { shape: 'ring', color: 'text-ink-muted' },
  failed: { shape: 'cross', color: 'text-bad' },
  again: { shape: 'half', color: 'text-wait' },
  settled: { shape: 'ring', color: 'text-ink-muted' },
  processed: { shape: 'check', color: 'text-ok' },
  ignored: { shape: 'bar', color: 'text-ink-muted' },
  unmatched: { shape: 'diamond', color: 'text-wait' },
};

function stepText(t: T<'webhooks'>, step: EventStep): string {
  switch (step.kind) {
    case 'delivered-again':
      return t('step.delivered-again', { count: step.deliveries - 1 });
    case 'failed':
      return t('step.failed', { attempt: step.attempt });
    case 'again':
      return step.by ? t('step.again', { by: step.by }) : t('step.againKnown');
    case 'settled':
      return t('step.settled', { by: step.by });
    default:
      return t(`step.${step.kind}`);
  }
}

/** Each thing that happened to an event, with how long after its arrival. */
export function EventSteps({ event }: { event: EventDetail }) {
  const t = useT('webhooks');
  const { steps, receivedAt, dueAt, attempts, state } = event;
  const last = steps.length - 1;
  return (
    <>
      <ol>
        {steps.map((step, i) => (
          <li key={`${step.kind} ${step.at}`} className="relative flex gap-3 pb-5 last:pb-0">
            {i < last ? (
              <span
                aria-hidden="true"
                className="absolute top-5 bottom-0 start-2 border-s border-line"
              />
            ) : null}
            <span className="z-10 mt-1 h-fit bg-surface">
              <StatusMark shape={looks[step.kind].shape} className={looks[step.kind].color} />
            </span>
            <div className="min-w-0 text-[0.9375rem]">
              <p className="font-medium">{stepText(t, step)}</p>
              {step.kind === 'failed' || step.kind === 'settled' ? (
                <p className="text-sm break-words whitespace-pre-wrap text-ink-muted">
                  {step.kind === 'failed' ? step.error : step.reason}
                </p>
              ) : null}
              <p className="text-sm text-ink-faint">
                <Time at={step.at} as="second" />
                {i > 1 && step.kind !== 'received'
                  ? ` · ${t('step.later', { after: lagText(t, receivedAt, step.at) })}`
                  : null}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {dueAt && attempts > 0 ? (
        <p className="mt-5 border-t border-line pt-3 text-ink-muted">
          {t.rich('step.next', { time: () => <Time at={dueAt} as="relative" /> })}
        </p>
      ) : null}
      {state === 'dead' ? (
        <p className="mt-5 border-t border-line pt-3 text-bad">
          {t('step.dead', { tries: attempts })}
        </p>
      ) : null}
    </>
  );
}
