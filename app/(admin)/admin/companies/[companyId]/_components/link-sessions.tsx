import { Panel } from '@/app/(admin)/admin/_components/panel';
import { Time } from '@/components/time/time';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import { t } from '@/messages/admin';
import { t as own } from '@/messages/admin-company';

type Session = CompanyDetail['linkSessions'][number];

const statusCodes = ['200', '201', '403', '500', '501'] as const;

function outcomeText({ returnedAt, statusCode }: Session): string {
  if (!returnedAt) return t('company.notReturned');
  if (!statusCode) return t('outcome.none');
  const known = statusCodes.find((code) => code === statusCode);
  return known ? t(`outcome.${known}`) : t('outcome.other', { code: statusCode });
}

function startedBy({ copied, startedBy: person }: Session): string {
  const name = person ?? t('company.unknownPerson');
  return copied ? own('timeline.copiedBy', { name }) : name;
}

export function LinkSessions({ sessions }: { sessions: Session[] }) {
  return (
    <Panel title={t('company.sessions')}>
      {sessions.length > 0 ? (
        <ul className="divide-y divide-line">
          {sessions.map((session) => (
            <li key={session.id} className="py-2.5 first:pt-0 last:pb-0">
              <p className="font-medium">{outcomeText(session)}</p>
              <p className="text-ink-muted">
                <Time at={session.startedAt} />
                {' · '}
                {startedBy(session)}
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
