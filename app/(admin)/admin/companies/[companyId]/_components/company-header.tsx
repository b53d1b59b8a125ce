import type { ReactNode } from 'react';
import { BackLink } from '@/app/(admin)/admin/_components/page-head';
import { retry } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { AttentionStatus } from '@/components/status/attention-status';
import { Time } from '@/components/time/time';
import { Notice } from '@/components/ui/notice';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import { getMessageText, getT } from '@/messages/server/get-t';
import { PressForm } from './company-actions';
import { ParentNotice, UnassignedNotice } from './company-notices';

type Props = { company: CompanyDetail; actions: ReactNode; mayWrite: boolean };

export async function CompanyHeader({ company, actions, mayWrite }: Props) {
  const messageText = await getMessageText();
  const t = await getT('admin');
  const own = await getT('adminCompany');
  const waits = company.setup === 'provisioning' || company.setup === 'blocked';
  return (
    <div className="mb-6 space-y-4">
      <div>
        <BackLink href="/admin/companies">{t('company.back')}</BackLink>
        <h1 className="mt-1 text-2xl font-semibold">{company.name}</h1>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-2 text-[0.9375rem]">
          <AttentionStatus attention={company.attention} />
          {company.attentionSince ? (
            <span className="text-ink-faint">
              {t.rich('company.since', {
                time: () => <Time at={company.attentionSince} as="relative" />,
              })}
            </span>
          ) : null}
        </p>
      </div>
      {actions}
      {waits ? (
        <Notice
          tone={company.setupProblemKey ? 'warn' : 'wait'}
          title={company.setupProblemKey ? t('company.setupProblem') : own('setup.underWay')}
          action={
            mayWrite ? (
              <PressForm
                action={retry}
                companyId={company.id}
                submit={own('setup.retry')}
                pending={own('setup.retrying')}
              />
            ) : null
          }
        >
          {company.setupProblemKey ? (
            <p>{messageText(`errors.${company.setupProblemKey}`)}</p>
          ) : null}
          {company.setupSaid ? (
            <p>
              <span>{own('setup.said')}</span>{' '}
              <span translate="no" className="break-words text-ink">
                {company.setupSaid}
              </span>
            </p>
          ) : null}
          <p>{own('setup.underWayText')}</p>
        </Notice>
      ) : null}
      <ParentNotice company={company} />
      <UnassignedNotice company={company} mayWrite={mayWrite} />
      {company.setup === 'deleted' ? (
        <Notice tone="bad" title={t('setup.deleted')}>
          <p>{t('company.deletedText')}</p>
        </Notice>
      ) : null}
      {company.stale ? (
        <Notice tone="warn" title={t('company.staleTitle')}>
          <p>
            {company.knownAt
              ? t.rich('company.staleText', {
                  time: () => <Time at={company.knownAt} as="relative" />,
                })
              : t('company.staleNever')}
          </p>
        </Notice>
      ) : null}
    </div>
  );
}
