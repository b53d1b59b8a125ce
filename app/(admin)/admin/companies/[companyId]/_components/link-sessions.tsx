import { useT } from '#i18n';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import { Time } from '@/components/time/time';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import type { T } from '@/messages/translator';

type Session = CompanyDetail['linkSessions'][number];

const statusCodes = ['200', '201', '403', '500', '501'] as const;

function outcomeText(t: T<'admin'>, { returnedAt, statusCode }: Session): string {
  if (!returnedAt) return t('company.notReturned');
  if (!statusCode) return t('outcome.none');
  const known = statusCodes.find((code) => code === statusCode);
  return known ? t(`outcome.${known}`) : t('outcome.other', { code: statusCode });
}

function startedBy(
  t: T<'admin'>,
  own: T<'adminCompany'>,
  { copied, startedBy: person }: Session,
): string {
  const name = person ?? t('company.unknownPerson');
  return copied ? own('timeline.copiedBy', { name }) : name;
}

export function LinkSessions({ sessions }: { sessions: Session[] }) {
  const t = useT('admin');
  const own = useT('adminCompany');
  return (
    <Panel title={t('company.sessions')}>
      {sessions.length > 0 ? (
        <ul className="divide-y divide-line">
          {sessions.map((session) => (
            <li key={session.id} className="py-2.5 first:pt-0 last:pb-0">
              <p className="font-medium">{outcomeText(t, session)}</p>
              <p className="text-ink-muted">
                <Time at={session.startedAt} />
                {' · '}
                {startedBy(t, own, session)}
              </p>
              {session.returnedAt ? (
                <p className="text-xs text-ink-faint">
                  {t.rich('company.returned', { time: () => <Time at={session.returnedAt} /> })}
                </p>
              ) : null}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-muted">{t('company.sessionsEmpty')}</p>
      )}
    </Panel>
  );
}
