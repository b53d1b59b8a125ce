import { Clock, KeyRound, SlidersHorizontal } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';
import { buttonStyle } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

const points = [
  { point: 'time', Icon: Clock },
  { point: 'need', Icon: KeyRound },
  { point: 'control', Icon: SlidersHorizontal },
] as const;

type Props = { brandName: string; connectHref: Route };

export function EmptyConnections({ brandName, connectHref }: Props) {
  const t = useT('connections');
  return (
    <Card className="overflow-hidden">
      <div className="p-6 sm:p-10">
        <h2 className="text-2xl font-semibold">{t('empty.title')}</h2>
        <p className="mt-3 max-w-xl text-ink-muted">{t('empty.lead', { brand: brandName })}</p>
        <Link
          href={connectHref}
          className={buttonStyle({
            look: 'primary',
            size: 'large',
            className: 'mt-7 max-sm:w-full',
          })}
        >
          {t('empty.action')}
        </Link>
        <p className="mt-3 text-sm text-ink-faint">{t('empty.kinds')}</p>
      </div>
      <ul className="grid border-t border-line bg-sunken/60 sm:grid-cols-3">
        {points.map(({ point, Icon }) => (
          <li
            key={point}
            className="flex gap-3.5 p-6 sm:block sm:px-6 sm:py-8 sm:first:ps-10 sm:last:pe-10"
          >
            <Icon className="size-5 shrink-0 text-accent-text max-sm:mt-0.5" aria-hidden="true" />
            <div>
              <p className="font-semibold sm:mt-3">{t(`empty.${point}`)}</p>
              <p className="mt-1 text-[0.9375rem] text-ink-muted">{t(`empty.${point}Text`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
