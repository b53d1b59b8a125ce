import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { disconnect } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { ConnectionForm } from '@/app/(admin)/admin/companies/[companyId]/connections/[connectionId]/_components/connection-form';
import { PointList } from '@/components/point-list';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { requireOperator } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { getStaffConnection } from '@/lib/connections/staff-connection';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompany');
  return { title: t('disconnect.meta') };
}

/** What it takes to share again. */
const stays = {
  link: 'disconnect.stays2',
  passcode: 'disconnect.stays2Passcode',
  upload: 'disconnect.stays2Upload',
  operator: 'disconnect.stays2Operator',
} as const;

export default async function DisconnectPage({
  params,
}: PageProps<'/admin/companies/[companyId]/connections/[connectionId]/disconnect'>) {
  const t = await getT('adminCompany');
  const named = await params;
  const path = `/admin/companies/${named.companyId}` as const;
  const returnTo = `${path}/connections/${named.connectionId}/disconnect`;
  const actor = await requireOperator(returnTo, 'companies:write');
  const found = await getStaffConnection(actor, 'companies:write', named);
  if (!found) notFound();

  const { company, connection, removed } = found;
  const values = { platform: connection.platformName, brand: getBrand().name };
  return (
    <GiveTexts areas={['adminCompany']}>
      <ActionPage
        back={{ href: path, text: company.name }}
        title={t('disconnect.title', values)}
        lead={t('disconnect.lead', { company: company.name })}
      >
        {capabilitiesOf(connection, 'ready').disconnect && !removed ? (
          <Card className="p-5 sm:p-7">
            <div className="grid gap-6 sm:grid-cols-2">
              <PointList
                kind="ends"
                title={t('disconnect.ends')}
                points={[t('disconnect.ends1', values), t('disconnect.ends2', values)]}
              />
              <PointList
                kind="stays"
                title={t('disconnect.stays')}
                points={[t('disconnect.stays1'), t(stays[connection.way], values)]}
              />
            </div>
            <ConnectionForm
              action={disconnect}
              companyId={company.id}
              connectionId={connection.id}
              submit={t('disconnect.submit', values)}
              pending={t('disconnect.pending')}
            />
          </Card>
        ) : (
          <Notice>
            <p>{t(removed ? 'removedAlready' : 'disconnect.notLinked', values)}</p>
          </Notice>
        )}
      </ActionPage>
    </GiveTexts>
  );
}
