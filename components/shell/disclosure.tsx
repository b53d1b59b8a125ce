'use client';

import { type ReactNode, useEffect, useRef } from 'react';

type Props = { summary: ReactNode; children: ReactNode; className?: string };

/** `<details>` that also closes on Escape, on a press outside and after a link in it. */
export function Disclosure({ summary, children, className }: Props) {
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const close = () => details.current?.removeAttribute('open');
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return;
      close();
      details.current.querySelector('summary')?.focus();
    };
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !details.current?.contains(event.target)) close();
    };
    const onClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('a')) close();
    };
    const element = details.current;
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    element?.addEventListener('click', onClick);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
      element?.removeEventListener('click', onClick);
    };
  }, []);

  return (
    <details ref={details} className={className}>
      {summary}
      {children}
    </details>
  );
}
