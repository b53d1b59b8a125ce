import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { statusText } from '@/components/status/connection-status';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { requireOperator } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getCopyPage } from '@/lib/linking/copy-page';
import { listText, localeFacts } from '@/messages/locales';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { getLocale } from '@/messages/server/request-locale';
import { LinkForm, type LinkTarget } from './_components/link-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompany');
  return { title: t('link.meta') };
}

export default async function CopyLinkPage({
  params,
  searchParams,
}: PageProps<'/admin/companies/[companyId]/link'>) {
  const t = await getT('adminCompany');
  const connectionsText = await getT('connections');
  const locale = localeFacts(await getLocale());
  const { companyId } = await params;
  const { connection: aimed } = await searchParams;
  const path = `/admin/companies/${companyId}` as const;
  const actor = await requireOperator(`${path}/link`, 'links:copy');
  const page = await getCopyPage(actor, companyId);
  if (!page) notFound();

  const { company, people, connections } = page;
  const targets: LinkTarget[] = [
    { connectionId: '', label: t('link.company'), hint: t('link.companyHint') },
    ...connections.map(({ id, platformName, state }) => ({
      connectionId: id,
      label: t('link.connection', { platform: platformName }),
      hint: t('link.connectionHint', {
        platform: platformName,
        status: statusText(connectionsText, state),
      }),
    })),
  ];
  const chosen = connections.find(({ id }) => id === aimed)?.id ?? '';
  const rules = [
    t('link.ruleWhose', { company: company.name }),
    t('link.ruleOnce'),
    t('link.ruleSeen'),
    t('link.ruleConsent'),
  ];
  return (
    <GiveTexts areas={['adminCompany']}>
      <ActionPage
        back={{ href: path, text: company.name }}
        title={t('link.title')}
        lead={t('link.lead', { company: company.name, brand: getBrand().name })}
      >
        {page.ready ? (
          <Card className="space-y-6 p-5 sm:p-7">
            <div>
              <h2 className="font-semibold">{t('link.rules')}</h2>
              <ul className="mt-3 list-disc space-y-2 ps-5 text-[0.9375rem] text-ink-muted marker:text-ink-faint">
                {rules.map((rule) => (
                  <li key={rule}>{rule}</li>
                ))}
              </ul>
              <p className="mt-3 text-[0.9375rem] text-ink-muted">
                {people.length > 0
                  ? t('link.people', { people: listText(people, locale), count: people.length })
                  : t('link.nobody')}
              </p>
            </div>
            <LinkForm companyId={company.id} targets={targets} chosen={chosen} />
          </Card>
        ) : (
          <Notice tone={company.codatDeletedAt ? 'bad' : 'wait'}>
            <p>{t(company.codatDeletedAt ? 'link.deleted' : 'link.notSetUp')}</p>
          </Notice>
        )}
      </ActionPage>
    </GiveTexts>
  );
}
