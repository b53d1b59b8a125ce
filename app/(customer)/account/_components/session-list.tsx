import { Monitor, Smartphone } from 'lucide-react';
import { useT } from '#i18n';
import { signOutSession } from '@/app/(customer)/account/actions';
import { Time } from '@/components/time/time';
import { Button } from '@/components/ui/button';
import type { OwnSession } from '@/lib/auth/own-sessions';
import type { T } from '@/messages/translator';

function nameOf(t: T<'account'>, { browser, system }: OwnSession): string {
  if (browser && system) return t('sessions.device', { browser, system });
  return browser ?? system ?? t('sessions.unknown');
}

type ListProps = { sessions: OwnSession[]; companyId: string | null };

export function SessionList({ sessions, companyId }: ListProps) {
  const t = useT('account');
  return (
    <ul aria-label={t('sessions.list')} className="divide-y divide-line">
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} companyId={companyId} />
      ))}
    </ul>
  );
}

type RowProps = { session: OwnSession; companyId: string | null };

function SessionRow({ session, companyId }: RowProps) {
  const t = useT('account');
  const device = nameOf(t, session);
  const Icon = session.phone ? Smartphone : Monitor;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <span className="grid size-10 shrink-0 place-items-center rounded-lg bg-sunken text-ink-muted">
        <Icon className="size-5" aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          {device}
          {session.current ? (
            <span className="rounded-md bg-accent-soft px-1.5 py-0.5 text-xs font-medium text-accent-text">
              {t('sessions.current')}
            </span>
          ) : null}
        </p>
        <p className="text-sm text-ink-muted">
          {t.rich('sessions.since', { time: () => <Time at={session.createdAt} as="relative" /> })}
          {session.current ? null : (
            <>
              {', '}
              {t.rich('sessions.seen', {
                time: () => <Time at={session.lastSeenAt} as="relative" />,
              })}
            </>
          )}
        </p>
      </div>
      {session.current ? null : (
        <form action={signOutSession}>
          <input type="hidden" name="companyId" value={companyId ?? ''} />
          <input type="hidden" name="sessionId" value={session.id} />
          <Button type="submit" size="small" aria-label={t('sessions.endWhich', { device })}>
            {t('sessions.end')}
          </Button>
        </form>
      )}
    </li>
  );
}
