import { cva, type VariantProps } from 'class-variance-authority';
import { CircleCheck, CircleX, Clock, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const noticeStyle = cva('flex gap-3 rounded-xl border p-4 text-[0.9375rem]', {
  variants: {
    tone: {
      info: 'border-line bg-sunken [&>svg]:text-ink-muted',
      ok: 'border-ok-line bg-ok-soft [&>svg]:text-ok',
      warn: 'border-warn-line bg-warn-soft [&>svg]:text-warn',
      wait: 'border-wait-line bg-wait-soft [&>svg]:text-wait',
      bad: 'border-bad-line bg-bad-soft [&>svg]:text-bad',
    },
  },
  defaultVariants: { tone: 'info' },
});

export type Tone = NonNullable<VariantProps<typeof noticeStyle>['tone']>;

const icons: Record<Tone, LucideIcon> = {
  info: Info,
  ok: CircleCheck,
  warn: TriangleAlert,
  wait: Clock,
  bad: CircleX,
};

type Props = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons or links, under the text on phones and beside it otherwise. */
  action?: ReactNode;
  className?: string;
};

export function Notice({ tone = 'info', title, children, action, className }: Props) {
  const Icon = icons[tone];
  return (
    <div className={cn(noticeStyle({ tone }), className)}>
      <Icon className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 gap-y-3">
        <div className="min-w-0 flex-[1_1_18rem]">
          {title ? <p className="font-medium text-ink">{title}</p> : null}
          {children ? <div className="space-y-1 text-ink-muted">{children}</div> : null}
        </div>
        {action}
      </div>
    </div>
  );
}
