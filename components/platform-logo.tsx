import Image from 'next/image';
import { cn } from '@/components/ui/cn';

type Props = { platformName: string; logoPath: string | null; className?: string };

/** The platform's logo from our own origin, or its initial where we hold none. */
export function PlatformLogo({ platformName, logoPath, className }: Props) {
  const box = cn(
    'grid size-11 shrink-0 place-items-center overflow-hidden rounded-xl border border-line bg-white',
    className,
  );
  if (!logoPath) {
    return (
      <span className={cn(box, 'bg-sunken font-semibold text-ink-muted')} aria-hidden="true">
        {Array.from(platformName.trim())[0]?.toUpperCase()}
      </span>
    );
  }
  return (
    <span className={box}>
      <Image
        src={logoPath}
        alt=""
        width={44}
        height={44}
        unoptimized
        className="size-full object-contain"
      />
    </span>
  );
}
