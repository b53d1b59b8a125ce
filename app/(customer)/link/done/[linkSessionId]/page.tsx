import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { BusinessPage } from '@/app/(customer)/_components/business-page';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PlatformLogo } from '@/components/platform-logo';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { requireActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getLinkOutcome } from '@/lib/linking/get-link-outcome';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { NextSteps } from './_components/next-steps';
import { OutcomeMark, outcomeTitle } from './_components/outcome-mark';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connect');
  return { title: t('done.meta') };
}

export default async function LinkDonePage({ params }: PageProps<'/link/done/[linkSessionId]'>) {
  const t = await getT('connect');
  const { linkSessionId } = await params;
  const actor = await requireActor(`/link/done/${linkSessionId}`);
  const outcome = await getLinkOutcome(actor, linkSessionId);
  if (!outcome) notFound();

  const { name } = getBrand();
  const { kind, company, linked, verified } = outcome;
  return (
    <BusinessPage actor={actor} companyId={company.id}>
      <GiveTexts areas={['connections']}>
        <div className="mx-auto max-w-xl space-y-8 sm:pt-4">
          <LiveRefresh
            companyId={company.id}
            everyMs={kind === 'unconfirmed' || !verified ? 5_000 : 30_000}
          />
          <div role="status" className="space-y-4">
            <OutcomeMark kind={kind} />
            <h1 className="text-3xl font-semibold">{outcomeTitle(t, outcome)}</h1>
            <p className="text-ink-muted">{t(`done.${kind}Text`, { brand: name })}</p>
            {kind === 'unconfirmed' ? (
              <p className="text-ink-muted">{t('done.unconfirmedData')}</p>
            ) : null}
          </div>
          <NextSteps
            outcome={outcome}
            listHref={businessHref(actor, company.id, '/connections')}
            connectHref={businessHref(actor, company.id, '/connect')}
          />
          {verified ? null : (
            <Notice tone="warn">
              <p>{t('done.unverified')}</p>
            </Notice>
          )}
          <section>
            <h2 className="mb-3 font-semibold">{t('done.linked')}</h2>
            {linked.length > 0 ? (
              <Card>
                <ul className="divide-y divide-line">
                  {linked.map((connection) => (
                    <li key={connection.id} className="flex items-center gap-3.5 p-4">
                      <PlatformLogo
                        platformName={connection.platformName}
                        logoPath={connection.logoPath}
                        className="size-10"
                      />
                      <span className="min-w-0 flex-1 font-medium">{connection.platformName}</span>
                      <ConnectionStatus status={connection.status} className="text-sm" />
                    </li>
                  ))}
                </ul>
              </Card>
            ) : (
              <p className="text-[0.9375rem] text-ink-muted">{t('done.linkedNone')}</p>
            )}
          </section>
        </div>
      </GiveTexts>
    </BusinessPage>
  );
}
