import { cn } from '@/components/ui/cn';

export type MarkShape =
  | 'check'
  | 'half'
  | 'triangle'
  | 'pause'
  | 'bar'
  | 'diamond'
  | 'ring'
  | 'dots'
  | 'cross';

/** Each state has its own outline, so that it reads without colour. */
const drawings: Record<MarkShape, React.ReactNode> = {
  check: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m4.8 8.2 2.2 2.2 4.2-4.6" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="6.1" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 4.4a3.6 3.6 0 0 1 0 7.2Z" fill="currentColor" />
    </>
  ),
  triangle: (
    <>
      <path d="M8 1.6 15 14H1Z" fill="currentColor" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 6v3.6M8 12v.1" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  pause: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M6.2 5.2v5.6M9.8 5.2v5.6" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  bar: (
    <>
      <rect
        x="1.9"
        y="1.9"
        width="12.2"
        height="12.2"
        rx="3"
        stroke="currentColor"
        strokeWidth="1.8"
      />
      <path d="M5 8h6" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  diamond: (
    <>
      <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 8v.1" stroke="currentColor" strokeWidth="2.4" />
    </>
  ),
  ring: <circle cx="8" cy="8" r="6.1" stroke="currentColor" strokeWidth="1.8" />,
  dots: <path d="M3 8v.1M8 8v.1M13 8v.1" stroke="currentColor" strokeWidth="3.2" />,
  cross: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor" />
      <path d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
};

export function StatusMark({ shape, className }: { shape: MarkShape; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      data-status-mark={shape}
      className={cn('size-4 shrink-0', className)}
    >
      {drawings[shape]}
    </svg>
  );
}
