import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { TextField } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { requireOperator } from '@/lib/auth/session';
import { assignSchema } from '@/lib/companies/schemas';
import { findCustomer } from '@/lib/companies/staff/assign-company';
import { getStaffCompany } from '@/lib/companies/staff/staff-company';
import { listText, localeFacts } from '@/messages/locales';
import { getMessageText, getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { getLocale } from '@/messages/server/request-locale';
import { AssignForm } from './_components/assign-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompany');
  return { title: t('assign.meta') };
}

export default async function AssignPage({
  params,
  searchParams,
}: PageProps<'/admin/companies/[companyId]/assign'>) {
  const messageText = await getMessageText();
  const t = await getT('adminCompany');
  const locale = localeFacts(await getLocale());
  const { companyId } = await params;
  const { email } = await searchParams;
  const path = `/admin/companies/${companyId}` as const;
  const actor = await requireOperator(`${path}/assign`, 'companies:write');
  const company = await getStaffCompany(actor, 'companies:write', companyId);
  if (!company) notFound();

  const typed = typeof email === 'string' ? email : '';
  const asked = typed === '' ? null : assignSchema.safeParse({ companyId, email: typed });
  const found = asked?.data ? await findCustomer(actor, asked.data.email) : null;
  const wrong = asked && !asked.success ? messageText('errors.email') : undefined;
  return (
    <GiveTexts areas={['adminCompany']}>
      <ActionPage
        back={{ href: path, text: company.name }}
        title={t('assign.title')}
        lead={t('assign.lead', { company: company.name })}
      >
        <Card className="space-y-6 p-5 sm:p-7">
          <form method="get" className="space-y-4">
            <TextField
              name="email"
              type="email"
              label={t('assign.email')}
              hint={t('assign.emailHint')}
              defaultValue={typed}
              required
              autoComplete="off"
              error={wrong}
            />
            <Button type="submit" className="max-sm:w-full">
              {t('assign.find')}
            </Button>
          </form>
          {asked?.success && !found ? (
            <Notice tone="warn" title={t('assign.nobody')}>
              <p>{t('assign.nobodyText')}</p>
            </Notice>
          ) : null}
          {found ? (
            <div className="space-y-4 border-t border-line pt-6">
              <div>
                <h2 className="font-semibold break-words">{found.name}</h2>
                <p translate="no" className="break-all text-ink-muted">
                  {found.email}
                </p>
                <p className="mt-1 text-[0.9375rem] text-ink-muted">
                  {found.companies.length > 0
                    ? t('assign.theirs', { companies: listText(found.companies, locale) })
                    : t('assign.none')}
                </p>
              </div>
              {found.disabled ? (
                <Notice tone="warn">
                  <p>{messageText('errors.staff.personDisabled')}</p>
                </Notice>
              ) : (
                <>
                  <p className="text-[0.9375rem] text-ink-muted">{t('assign.means')}</p>
                  <AssignForm companyId={company.id} email={found.email} name={found.name} />
                </>
              )}
            </div>
          ) : null}
        </Card>
      </ActionPage>
    </GiveTexts>
  );
}
