import Link from 'next/link';
import { useLocale, useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { hrefOf } from '@/components/href';
import type { ChangeKind } from '@/lib/connections/schemas';
import type { ChangeDay, Overview } from '@/lib/operations/overview/types';

/** What broke and what was repaired in seven days: both sums lead to the list, the days are drawn. */
export function ChangesPanel({ changes }: { changes: Overview['changes'] }) {
  const t = useT('adminOverview');
  const { zone, days, broke, repaired } = changes;
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  const total = (what: ChangeKind, count: number, swatch: string) => (
    <Link
      href={hrefOf('/admin/changes', { what, from: first, to: last, zone })}
      prefetch={false}
      className="inline-flex min-h-9 items-center gap-2 rounded-lg px-2 hover:bg-sunken"
    >
      <span aria-hidden="true" className={`size-2.5 rounded-[3px] ${swatch}`} />
      {t(`changes.${what}`)}
      <span className="font-medium text-ink tabular-nums">{t('number', { count })}</span>
    </Link>
  );
  return (
    <Panel flush title={t('changes.title')}>
      <div className="px-4 pb-4 sm:px-5">
        <div className="-mx-2 flex flex-wrap gap-x-3 text-sm text-ink-muted">
          {total('broke', broke, 'bg-warn')}
          {total('repaired', repaired, 'bg-ok')}
        </div>
        {broke + repaired > 0 ? (
          <ChangeChart days={days} zone={zone} />
        ) : (
          <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('changes.quiet')}</p>
        )}
      </div>
    </Panel>
  );
}

/** Two bars a day, and the same as a table for screen readers. */
function ChangeChart({ days, zone }: { days: ChangeDay[]; zone: string }) {
  const t = useT('adminOverview');
  const { tag } = useLocale();
  const dayName = new Intl.DateTimeFormat(tag, {
    weekday: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const most = Math.max(1, ...days.flatMap(({ broke, repaired }) => [broke, repaired]));
  return (
    <>
      <div aria-hidden="true" className="mt-3">
        <div className="flex h-28 items-end gap-1 border-b border-line">
          {days.map(({ day, broke, repaired }) => (
            <div key={day} className="flex h-full flex-1 items-end justify-center gap-0.5 sm:gap-1">
              <Bar count={broke} most={most} color="bg-warn" />
              <Bar count={repaired} most={most} color="bg-ok" />
            </div>
          ))}
        </div>
        <div className="mt-1.5 flex gap-1 text-center text-xs text-ink-faint tabular-nums">
          {days.map(({ day }) => (
            <span key={day} className="flex-1">
              <time dateTime={day}>{dayName.format(new Date(day))}</time>
            </span>
          ))}
        </div>
        <p className="mt-1 text-end text-xs text-ink-faint">{t('changes.zone', { zone })}</p>
      </div>
      <div className="sr-only">
        <table>
          <caption>{t('changes.caption', { zone })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('changes.day')}</th>
              <th scope="col">{t('changes.broke')}</th>
              <th scope="col">{t('changes.repaired')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, broke, repaired }) => (
              <tr key={day}>
                <th scope="row">
                  <time dateTime={day}>{dayName.format(new Date(day))}</time>
                </th>
                <td>{broke}</td>
                <td>{repaired}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What is not nothing is seen, however little it is beside the most. */
function Bar({ count, most, color }: { count: number; most: number; color: string }) {
  const t = useT('adminOverview');
  return (
    <div className="flex h-full w-full max-w-7 flex-col items-center justify-end">
      {count > 0 ? (
        <>
          <span className="text-[0.6875rem] leading-4 text-ink-muted tabular-nums">
            {t('number', { count })}
          </span>
          <span
            className={`w-full rounded-t-[3px] ${color}`}
            style={{ height: `max(3px, ${(count / most) * 82}%)` }}
          />
        </>
      ) : null}
    </div>
  );
}
