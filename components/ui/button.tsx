import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** The look of a button, also for links in place of one. */
export const buttonStyle = cva(
  'inline-flex items-center justify-center gap-2 rounded-lg border text-center font-medium transition-colors duration-150 select-none disabled:opacity-60 aria-disabled:opacity-60',
  {
    variants: {
      look: {
        primary:
          'border-transparent bg-accent text-on-accent shadow-lift hover:bg-accent-hover forced-colors:border-current',
        plain: 'border-line-strong/50 bg-surface text-ink shadow-lift hover:bg-sunken',
        quiet: 'border-transparent text-ink-muted hover:bg-sunken hover:text-ink',
        danger: 'border-bad-line bg-bad-soft text-bad hover:border-bad',
      },
      size: {
        small: 'min-h-9 px-3 py-1.5 text-sm',
        medium: 'min-h-11 px-4 py-2 text-[0.9375rem]',
        large: 'min-h-12 px-5 py-2.5 text-base',
      },
    },
    defaultVariants: { look: 'plain', size: 'medium' },
  },
);

type Props = ComponentProps<'button'> & VariantProps<typeof buttonStyle>;

export function Button({ look, size, className, type = 'button', ...rest }: Props) {
  return <button type={type} className={cn(buttonStyle({ look, size }), className)} {...rest} />;
}
