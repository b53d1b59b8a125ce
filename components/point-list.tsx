import { Check, X } from 'lucide-react';

type Props = { title: string; points: string[]; kind: 'ends' | 'stays' };

/** What ends and what stays when something is done. */
export function PointList({ title, points, kind }: Props) {
  const Icon = kind === 'ends' ? X : Check;
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      <ul className="mt-3 space-y-2.5 text-[0.9375rem] text-ink-muted">
        {points.map((point) => (
          <li key={point} className="flex gap-2.5">
            <Icon
              aria-hidden="true"
              className={`mt-1 size-4 shrink-0 ${kind === 'ends' ? 'text-bad' : 'text-ok'}`}
            />
            <span className="min-w-0">{point}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
