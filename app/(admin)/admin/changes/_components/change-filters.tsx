import Link from 'next/link';
import { useLocale, useT } from '#i18n';
import { ChoiceLinks } from '@/app/(admin)/admin/_components/choice-links';
import { hrefOf } from '@/components/href';
import { buttonStyle } from '@/components/ui/button';
import { type ChangeListInput, changeKinds } from '@/lib/connections/schemas';
import type { T } from '@/messages/translator';

export function ChangeFilters({ input }: { input: ChangeListInput }) {
  const t = useT('adminOverview');
  const { tag } = useLocale();
  const { what, from, to, zone = 'UTC' } = input;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <ChoiceLinks
        label={t('changeList.filter')}
        choices={[undefined, ...changeKinds].map((kind) => ({
          key: kind ?? '',
          href: hrefOf('/admin/changes', { ...input, what: kind }),
          current: what === kind,
          text: t(`changeList.${kind ?? 'all'}`),
        }))}
      />
      {from || to ? (
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-muted">
          {rangeText(t, tag, { from, to, zone })}
          <Link
            href={hrefOf('/admin/changes', { what })}
            prefetch={false}
            scroll={false}
            className={buttonStyle({ look: 'quiet', size: 'small' })}
          >
            {t('changeList.clear')}
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function rangeText(
  t: T<'adminOverview'>,
  tag: string,
  { from, to, zone }: { from: string | undefined; to: string | undefined; zone: string },
): string {
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const text = (value: string) => day.format(new Date(value));
  if (from && to)
    return from === to
      ? t('changeList.day', { day: text(from), zone })
      : t('changeList.range', { from: text(from), to: text(to), zone });
  return from
    ? t('changeList.fromDay', { from: text(from), zone })
    : t('changeList.toDay', { to: text(to ?? ''), zone });
}
