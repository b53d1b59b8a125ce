import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { BusinessPage } from '@/app/(customer)/_components/business-page';
import { SetupNotice } from '@/app/(customer)/connections/_components/connection-notices';
import { ContactLink, contactOf } from '@/components/contact-link';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PlatformLogo } from '@/components/platform-logo';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { requireActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import type { ConnectionSummary } from '@/lib/connections/types';
import { getLinkOutcome } from '@/lib/linking/get-link-outcome';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { NextSteps } from './_components/next-steps';
import { OutcomeMark, outcomeText, outcomeTitle } from './_components/outcome-mark';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connect');
  return { title: t('done.meta') };
}

export default async function LinkDonePage({ params }: PageProps<'/link/done/[linkSessionId]'>) {
  const [t, statuses] = [await getT('connect'), await getT('connections')];
  const { linkSessionId } = await params;
  const actor = await requireActor(`/link/done/${linkSessionId}`);
  const outcome = await getLinkOutcome(actor, linkSessionId);
  if (!outcome) notFound();

  const brand = getBrand();
  const { kind, company, connection, linked, verified } = outcome;
  const text = outcomeText(t, outcome, brand.name);
  return (
    <BusinessPage actor={actor} companyId={company.id}>
      <GiveTexts areas={['connections']}>
        <div className="mx-auto max-w-xl space-y-8 sm:pt-4">
          <LiveRefresh companyId={company.id} everyMs={kind === 'unconfirmed' ? 5_000 : 30_000} />
          <div role="status" className="space-y-4">
            <OutcomeMark kind={kind} />
            <h1 className="text-3xl font-semibold">{outcomeTitle(t, statuses, outcome)}</h1>
            {outcome.stateless ? <p className="text-ink-muted">{t('done.welcomeBack')}</p> : null}
            {text ? <p className="text-ink-muted">{text}</p> : null}
            {kind === 'unconfirmed' ? (
              <p className="text-ink-muted">{t('done.unconfirmedData')}</p>
            ) : null}
          </div>
          <NextSteps
            outcome={outcome}
            listHref={businessHref(actor, company.id, '/connections')}
            connectHref={businessHref(actor, company.id, '/connect')}
          />
          {kind === 'closed' ? (
            <SetupNotice company={company} brandName={brand.name} contact={contactOf(brand)} />
          ) : null}
          {verified || kind === 'closed' ? null : (
            <Notice tone="warn">
              <p>{t('done.unverified')}</p>
            </Notice>
          )}
          {connection && connection.state !== 'Linked' ? (
            <ConnectionCard connections={[connection]} />
          ) : null}
          <section>
            <h2 className="mb-3 font-semibold">{t('done.linked')}</h2>
            {linked.length > 0 ? (
              <ConnectionCard connections={linked} />
            ) : (
              <p className="text-[0.9375rem] text-ink-muted">{t('done.linkedNone')}</p>
            )}
          </section>
          {didNotWork.some((one) => one === kind) && contactOf(brand) ? (
            <p className="text-sm text-ink-muted">
              {t.rich('done.help', { contact: () => <ContactLink brand={brand} /> })}
            </p>
          ) : null}
        </div>
      </GiveTexts>
    </BusinessPage>
  );
}

/** Endings after which somebody may want help. */
const didNotWork = ['failed', 'unsupported', 'unknown', 'listed'];

/** Connections by name, with the status that lists show. */
function ConnectionCard({ connections }: { connections: ConnectionSummary[] }) {
  return (
    <Card>
      <ul className="divide-y divide-line">
        {connections.map(({ id, platformName, logoPath, state }) => (
          <li key={id} className="flex items-center gap-3.5 p-4">
            <PlatformLogo platformName={platformName} logoPath={logoPath} className="size-10" />
            <span className="min-w-0 flex-1 font-medium">{platformName}</span>
            <ConnectionStatus status={state} className="text-sm" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
