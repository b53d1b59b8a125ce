import { Check, X } from 'lucide-react';
import { t } from '@/messages/connections';

const points = {
  stops: ['disconnect.stops1', 'disconnect.stops2'],
  stays: ['disconnect.stays1', 'disconnect.stays2', 'disconnect.stays3'],
} as const;

type Props = { kind: keyof typeof points; platform: string; brand: string };

export function ConsequenceList({ kind, platform, brand }: Props) {
  const Icon = kind === 'stops' ? X : Check;
  return (
    <section>
      <h2 className="font-semibold">{t(`disconnect.${kind}`)}</h2>
      <ul className="mt-3 space-y-2.5 text-[0.9375rem] text-ink-muted">
        {points[kind].map((key) => (
          <li key={key} className="flex gap-2.5">
            <Icon
              aria-hidden="true"
              className={`mt-1 size-4 shrink-0 ${kind === 'stops' ? 'text-bad' : 'text-ok'}`}
            />
            <span className="min-w-0">{t(key, { platform, brand })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
