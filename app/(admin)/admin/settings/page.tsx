import type { Metadata } from 'next';
import { useT } from '#i18n';
import { Time } from '@/components/time/time';
import { Notice } from '@/components/ui/notice';
import { can } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/session';
import { getStoredChecks } from '@/lib/operations/checks/stored-checks';
import { checkGroups } from '@/lib/operations/checks/types';
import { getInviteUrl } from '@/lib/settings/link-settings';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { CheckGroupCard } from './_components/check-group-card';
import { CheckSummary } from './_components/check-summary';
import { InviteUrlPanel } from './_components/invite-url-panel';
import { CheckAgainForm } from './_components/settings-forms';
import { SetupPanel } from './_components/setup-panel';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('settings');
  return { title: t('page.title') };
}

export default async function SettingsPage({ searchParams }: PageProps<'/admin/settings'>) {
  const t = await getT('settings');
  const actor = await requireOperator('/admin/settings', 'settings:read');
  const [checks, inviteUrl] = await Promise.all([getStoredChecks(actor), getInviteUrl(actor)]);
  const { done } = await searchParams;
  const mayWrite = can(actor, 'settings:write');
  return (
    <GiveTexts areas={['settings']}>
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 flex-[1_1_22rem]">
          <h1 className="text-2xl font-semibold">{t('page.title')}</h1>
          <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('page.lead')}</p>
        </div>
        <CheckAgainForm>
          {checks.checkedAt
            ? t.rich('page.checked', {
                time: () => <Time at={checks.checkedAt} as="relative" />,
              })
            : t('page.neverChecked')}
        </CheckAgainForm>
      </div>
      <div className="space-y-4">
        <DoneNotice done={done} />
        {checks.findings.length > 0 ? (
          <>
            <CheckSummary findings={checks.findings} />
            <SetupPanel plan={checks.plan} planName={checks.planName} mayWrite={mayWrite} />
            {checkGroups.map((group) => (
              <CheckGroupCard
                key={group}
                group={group}
                findings={checks.findings.filter((finding) => finding.group === group)}
              />
            ))}
          </>
        ) : (
          <Notice title={t('page.emptyTitle')}>
            <p>{t('page.emptyText')}</p>
          </Notice>
        )}
        <InviteUrlPanel inviteUrl={inviteUrl} mayWrite={mayWrite} />
      </div>
    </GiveTexts>
  );
}

const tones = { checked: 'info', setup: 'ok', secret: 'warn', invite: 'ok' } as const;

function DoneNotice({ done }: { done: string | string[] | undefined }) {
  const t = useT('settings');
  if (done !== 'checked' && done !== 'setup' && done !== 'secret' && done !== 'invite') return null;
  return (
    <div role="status">
      <Notice tone={tones[done]} title={t(`done.${done}`)}>
        {done === 'secret' ? <p>{t('setup.newSecret')}</p> : null}
      </Notice>
    </div>
  );
}
