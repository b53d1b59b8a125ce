'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

type Props = {
  /** The zone that the server knows of. */
  known: string;
};

/** Tells the server in which zone this browser shows times, so that filters mean the same one. */
export function ReaderZone({ known }: Props) {
  const router = useRouter();
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!own || own === known) return;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in many browsers
    document.cookie = `zone=${own}; path=/admin; max-age=31536000; samesite=lax${secure}`;
    router.refresh();
  }, [known, router]);
  return null;
}
