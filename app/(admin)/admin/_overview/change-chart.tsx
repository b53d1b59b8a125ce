import type { ChangeDay } from '@/lib/operations/overview/schemas';
import { t } from '@/messages/admin-overview';

const dayName = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  timeZone: 'UTC',
});

/** Two bars a day, drawn for the eye; the same as a table for whoever listens. */
export function ChangeChart({ days }: { days: ChangeDay[] }) {
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
              {dayName.format(new Date(day))}
            </span>
          ))}
        </div>
        <p className="mt-1 text-right text-xs text-ink-faint">{t('changes.utc')}</p>
      </div>
      <div className="sr-only">
        <table>
          <caption>{t('changes.caption')}</caption>
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
                <th scope="row">{dayName.format(new Date(day))}</th>
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
