import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { BusinessPage } from '@/app/(customer)/_components/business-page';
import { PageTitle } from '@/app/(customer)/_components/page-title';
import { StartLinkForm } from '@/app/(customer)/_components/start-link-form';
import { SetupNotice } from '@/app/(customer)/connections/_components/connection-notices';
import { LiveRefresh } from '@/components/live/live-refresh';
import { Card } from '@/components/ui/card';
import type { Actor } from '@/lib/actor';
import { requireActor, requireCompany } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { getConnection } from '@/lib/connections/get-connections';
import type { ConnectionSummary } from '@/lib/connections/types';
import { getConnectPage } from '@/lib/linking/consent';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import type { T } from '@/messages/translator';
import { ConsentField } from './_components/consent-field';
import { LeaveNotice, ShareTerms } from './_components/share-terms';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connect');
  return { title: t('title') };
}

function titleFor(t: T<'connect'>, target: ConnectionSummary | null): string {
  if (!target) return t('title');
  const platform = target.platformName;
  if (target.state === 'PendingAuth') return t('titleFinish', { platform });
  if (target.state === 'Linked') return t('titleManage', { platform });
  return t('titleReconnect', { platform });
}

type Subject = { actor: Actor; companyId: string; target: ConnectionSummary | null };

/** Whose page it is: of the business that the connection belongs to, or that the address names. */
async function subjectOf(query: Awaited<PageProps<'/connect'>['searchParams']>): Promise<Subject> {
  const { connection } = query;
  if (typeof connection !== 'string' || connection === '') {
    return { ...(await requireCompany('/connect', query)), target: null };
  }
  const actor = await requireActor(`/connect?connection=${encodeURIComponent(connection)}`);
  const target = await getConnection(actor, connection);
  if (!target) notFound();
  // Nothing to sign in to: its own page says what there is to do.
  if (capabilitiesOf(target, 'ready').link === null) redirect(`/connections/${target.id}`);
  return { actor, companyId: target.companyId, target };
}

export default async function ConnectPage({ searchParams }: PageProps<'/connect'>) {
  const subject = await subjectOf(await searchParams);
  return (
    <BusinessPage actor={subject.actor} companyId={subject.companyId}>
      <ConnectBody {...subject} />
    </BusinessPage>
  );
}

async function ConnectBody({ actor, companyId, target }: Subject) {
  const t = await getT('connect');
  const { company, consent, consentTextVersion } = await getConnectPage(actor, companyId);
  const brand = getBrand();
  return (
    <GiveTexts areas={['connections']}>
      <div className="mx-auto max-w-2xl">
        <LiveRefresh
          companyId={company.id}
          everyMs={company.setup === 'provisioning' ? 5_000 : 30_000}
        />
        <PageTitle
          back={{ href: businessHref(actor, companyId, '/connections'), text: t('back') }}
          title={titleFor(t, target)}
          lead={target ? t('leadTarget', { platform: target.platformName }) : t('lead')}
        />
        {company.setup === 'ready' ? (
          <div className="space-y-6">
            <Card className="divide-y divide-line px-5 sm:px-7">
              <ShareTerms target={target} brandName={brand.name} />
            </Card>
            <LeaveNotice target={target} brand={brand} />
            <StartLinkForm
              companyId={company.id}
              connectionId={target?.id}
              look="primary"
              size="large"
              className="space-y-5"
              buttonClassName="w-full sm:w-auto"
              fields={
                <ConsentField
                  consent={consent}
                  version={consentTextVersion}
                  companyName={company.name}
                  brandName={brand.name}
                />
              }
            >
              {t('continue')}
            </StartLinkForm>
          </div>
        ) : (
          <SetupNotice
            company={company}
            brandName={brand.name}
            contact={brand.supportEmail ?? brand.supportPhone}
          />
        )}
      </div>
    </GiveTexts>
  );
}
