'use client';

import { type RefObject, useEffect, useState } from 'react';
import { useT } from '#i18n';

type Result = { of: string; said: 'copied' | 'failed' } | null;

/**
 * Copies `text`, and says how that went. Where the browser refuses, the text in `shown` is selected,
 * for the person to copy with the keyboard.
 */
export function useCopy(text: string, shown: RefObject<HTMLElement | null>) {
  const t = useT('layout');
  const [result, setResult] = useState<Result>(null);
  const said = result?.of === text ? result.said : null;
  useEffect(() => {
    if (said !== 'copied') return;
    const timer = setTimeout(() => setResult(null), 4000);
    return () => clearTimeout(timer);
  }, [said]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setResult({ of: text, said: 'copied' });
    } catch {
      select(shown.current);
      setResult({ of: text, said: 'failed' });
    }
  };
  const keys = said === 'failed' && isApple() ? '⌘C' : 'Ctrl+C';
  return {
    copy,
    isCopied: said === 'copied',
    /** Why it was not copied, to be shown beside the button. */
    failure: said === 'failed' ? t('copy.failed', { keys }) : null,
  };
}

function select(element: HTMLElement | null): void {
  if (element instanceof HTMLInputElement) {
    element.focus();
    element.select();
  } else if (element) {
    getSelection()?.selectAllChildren(element);
  }
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
