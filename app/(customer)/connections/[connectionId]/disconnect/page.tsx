import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { BusinessPage } from '@/app/(customer)/_components/business-page';
import { PageTitle } from '@/app/(customer)/_components/page-title';
import { PointList } from '@/components/point-list';
import { buttonStyle } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { requireActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { getConnectionDetail } from '@/lib/connections/get-connections';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { DisconnectForm } from './_components/disconnect-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connections');
  return { title: t('actions.disconnect') };
}

/** What it takes to share again. */
const stays = {
  link: 'disconnect.stays3',
  passcode: 'disconnect.stays3Passcode',
  upload: 'disconnect.stays3Upload',
  operator: 'disconnect.stays3Operator',
} as const;

export default async function DisconnectPage({
  params,
}: PageProps<'/connections/[connectionId]/disconnect'>) {
  const t = await getT('connections');
  const { connectionId } = await params;
  const actor = await requireActor(`/connections/${connectionId}/disconnect`);
  const detail = await getConnectionDetail(actor, connectionId);
  if (!detail) notFound();

  const { connection, company } = detail;
  const can = capabilitiesOf(connection, company.setup);
  const listHref = businessHref(actor, company.id, '/connections');
  const values = { platform: connection.platformName, brand: getBrand().name };
  return (
    <BusinessPage actor={actor} companyId={company.id}>
      <GiveTexts areas={['connections']}>
        <div className="mx-auto max-w-2xl">
          <PageTitle
            back={{ href: `/connections/${connection.id}`, text: connection.platformName }}
            title={t('disconnect.title', values)}
            lead={can.disconnect ? t('disconnect.lead') : null}
          />
          {can.disconnect ? (
            <Card className="p-5 sm:p-7">
              <div className="grid gap-6 sm:grid-cols-2">
                <PointList
                  kind="ends"
                  title={t('disconnect.stops', values)}
                  points={[t('disconnect.stops1', values), t('disconnect.stops2', values)]}
                />
                <PointList
                  kind="stays"
                  title={t('disconnect.stays', values)}
                  points={[
                    t('disconnect.stays1', values),
                    t('disconnect.stays2', values),
                    t(stays[connection.way], values),
                  ]}
                />
              </div>
              <DisconnectForm
                connectionId={connection.id}
                platformName={connection.platformName}
                listHref={listHref}
              />
            </Card>
          ) : (
            <Notice
              action={
                <Link href={listHref} className={buttonStyle()}>
                  {t('disconnect.back')}
                </Link>
              }
            >
              <p>{t('disconnect.already', values)}</p>
            </Notice>
          )}
        </div>
      </GiveTexts>
    </BusinessPage>
  );
}
