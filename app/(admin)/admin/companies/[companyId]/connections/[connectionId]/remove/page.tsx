import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { remove } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { ConnectionForm } from '@/app/(admin)/admin/companies/[companyId]/connections/[connectionId]/_components/connection-form';
import { PointList } from '@/components/point-list';
import { Card } from '@/components/ui/card';
import { CheckField } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { requireOperator } from '@/lib/auth/session';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { getStaffConnection } from '@/lib/connections/staff-connection';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompany');
  return { title: t('remove.meta') };
}

export default async function RemoveConnectionPage({
  params,
}: PageProps<'/admin/companies/[companyId]/connections/[connectionId]/remove'>) {
  const t = await getT('adminCompany');
  const named = await params;
  const path = `/admin/companies/${named.companyId}` as const;
  const own = `${path}/connections/${named.connectionId}` as const;
  const actor = await requireOperator(`${own}/remove`, 'companies:write');
  const found = await getStaffConnection(actor, 'companies:write', named);
  if (!found) notFound();

  const { company, connection, removed } = found;
  const values = { platform: connection.platformName };
  return (
    <GiveTexts areas={['adminCompany']}>
      <ActionPage
        back={{ href: path, text: company.name }}
        title={t('remove.title', values)}
        lead={t('remove.lead', { company: company.name })}
      >
        {removed ? (
          <Notice>
            <p>{t('removedAlready', values)}</p>
          </Notice>
        ) : (
          <Card className="p-5 sm:p-7">
            <div className="grid gap-6 sm:grid-cols-2">
              <PointList
                kind="ends"
                title={t('remove.ends')}
                points={[
                  t('remove.ends1'),
                  t(
                    connection.way === 'operator' ? 'remove.ends2Operator' : 'remove.ends2',
                    values,
                  ),
                  t('remove.ends3'),
                ]}
              />
              <PointList
                kind="stays"
                title={t('remove.stays')}
                points={[t('remove.stays1', values), t('remove.stays2')]}
              />
            </div>
            {capabilitiesOf(connection, 'ready').disconnect ? (
              <Notice className="mt-6">
                <p>
                  {t.rich('remove.instead', {
                    link: (text) => (
                      <Link href={`${own}/disconnect`} className="font-medium underline">
                        {text}
                      </Link>
                    ),
                  })}
                </p>
              </Notice>
            ) : null}
            <ConnectionForm
              action={remove}
              companyId={company.id}
              connectionId={connection.id}
              submit={t('remove.submit', values)}
              pending={t('remove.pending')}
              labels={{ understood: t('remove.confirmation') }}
              fields={<CheckField name="understood">{t('remove.understood', values)}</CheckField>}
            />
          </Card>
        )}
      </ActionPage>
    </GiveTexts>
  );
}
