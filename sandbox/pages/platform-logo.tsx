/** @jsxImportSource hono/jsx */
import { logoPath } from '@/sandbox/integrations/logos';

/** A platform's logo beside its name, so it says nothing to a screen reader. `size` is in pixels. */
export function PlatformLogo({ platformKey, size }: { platformKey: string; size: number }) {
  return (
    <img src={logoPath(platformKey, 'square')} alt="" width={String(size)} height={String(size)} />
  );
}
