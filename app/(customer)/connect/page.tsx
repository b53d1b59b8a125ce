import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageTitle } from '@/app/(customer)/_components/page-title';
import { StartLinkForm } from '@/app/(customer)/_components/start-link-form';
import { SetupNotice } from '@/app/(customer)/connections/_components/connection-notices';
import { LiveRefresh } from '@/components/live/live-refresh';
import { Card } from '@/components/ui/card';
import { requireCompany } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { knownStatus } from '@/lib/connections/types';
import { getConnectPage } from '@/lib/linking/consent';
import type { ConnectPage as ConnectPageData } from '@/lib/linking/schemas';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import type { T } from '@/messages/translator';
import { ConsentField } from './_components/consent-field';
import { LeaveNotice, ShareTerms } from './_components/share-terms';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connect');
  return { title: t('title') };
}

function titleFor(t: T<'connect'>, target: ConnectPageData['target']): string {
  if (!target) return t('title');
  const platform = target.platformName;
  const status = knownStatus(target.status);
  if (status === 'PendingAuth') return t('titleFinish', { platform });
  if (status === 'Linked') return t('titleManage', { platform });
  return t('titleReconnect', { platform });
}

export default async function ConnectPage({ searchParams }: PageProps<'/connect'>) {
  const t = await getT('connect');
  const { connection } = await searchParams;
  const aimed = typeof connection === 'string' && connection !== '' ? connection : undefined;
  const returnTo = aimed ? `/connect?connection=${encodeURIComponent(aimed)}` : '/connect';
  const { actor, companyId } = await requireCompany(returnTo);
  const { company, consent, consentTextVersion, target } = await getConnectPage(
    actor,
    companyId,
    aimed,
  );
  if (aimed && !target) notFound();

  const brand = getBrand();
  return (
    <GiveTexts areas={['connections']}>
      <div className="mx-auto max-w-2xl">
        <LiveRefresh companyId={company.id} everyMs={company.setup === 'ready' ? 30_000 : 5_000} />
        <PageTitle
          back={{ href: '/connections', text: t('back') }}
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
