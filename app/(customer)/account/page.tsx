import type { Metadata, Route } from 'next';
import type { ReactNode } from 'react';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { BusinessPage } from '@/app/(customer)/_components/business-page';
import { PageTitle } from '@/app/(customer)/_components/page-title';
import { PersonPage } from '@/app/(customer)/_components/person-page';
import { endsSession } from '@/components/live/ends-session';
import { LiveRefresh } from '@/components/live/live-refresh';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { type Actor, can } from '@/lib/actor';
import { getProvider } from '@/lib/auth/oidc/provider';
import { hasPassword, listOwnSessions } from '@/lib/auth/own-sessions';
import { getActor, requireCompany } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import type { T } from '@/messages/translator';
import { PasswordForm } from './_components/password-form';
import { SessionList } from './_components/session-list';
import { signOutEverywhere } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('account');
  return { title: t('meta') };
}

export default async function AccountPage({ searchParams }: PageProps<'/account'>) {
  const t = await getT('account');
  const query = await searchParams;
  const { actor, companyId } = await subjectOf(query);
  const [sessions, password] = await Promise.all([listOwnSessions(actor), hasPassword(actor)]);
  const { done } = query;
  const page = (
    <GiveTexts areas={['account', 'auth']}>
      <div className="mx-auto max-w-3xl">
        <LiveRefresh />
        <PageTitle back={wayBack(t, { actor, companyId })} title={t('title')} lead={t('lead')} />
        <div className="space-y-4">
          {done === 'session' || done === 'password' ? (
            <div role="status">
              <Notice tone="ok">
                <p>{t(`done.${done}`)}</p>
              </Notice>
            </div>
          ) : null}
          <Section title={t('you.title')}>
            <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
              <Fact name={t('you.name')}>{actor.name}</Fact>
              <Fact name={t('you.email')}>
                <span translate="no">{actor.email}</span>
              </Fact>
            </dl>
          </Section>
          <Section title={t('sessions.title')} lead={t('sessions.lead')}>
            <SessionList sessions={sessions} companyId={companyId} />
            <form
              action={signOutEverywhere}
              {...endsSession}
              className="flex flex-wrap items-center gap-x-5 gap-y-3 border-t border-line pt-5"
            >
              <Button type="submit" look="danger" className="max-sm:w-full">
                {t('sessions.everywhere')}
              </Button>
              <p className="min-w-0 flex-[1_1_14rem] text-sm text-ink-muted">
                {t('sessions.everywhereHint')}
              </p>
            </form>
          </Section>
          <Section title={t('password.title')} lead={password ? t('password.lead') : null}>
            {password ? (
              <PasswordForm email={actor.email} companyId={companyId} />
            ) : (
              <p className="text-ink-muted">
                {t('password.none', { provider: getProvider()?.name ?? getBrand().name })}
              </p>
            )}
          </Section>
        </div>
      </div>
    </GiveTexts>
  );
  if (!companyId) return <PersonPage actor={actor}>{page}</PersonPage>;
  return (
    <BusinessPage actor={actor} companyId={companyId}>
      {page}
    </BusinessPage>
  );
}

type Subject = { actor: Actor; companyId: string | null };

/** The person, and the business that they come from and go back to. Staff have none. */
async function subjectOf(query: Awaited<PageProps<'/account'>['searchParams']>): Promise<Subject> {
  const actor = await getActor();
  if (actor?.companies.length === 0) return { actor, companyId: null };
  return requireCompany('/account', query);
}

function wayBack(
  t: T<'account'>,
  { actor, companyId }: Subject,
): { href: Route; text: string } | undefined {
  if (companyId) return { href: businessHref(actor, companyId, '/connections'), text: t('back') };
  if (can(actor, 'companies:read')) return { href: '/admin', text: t('backToAdmin') };
  return undefined;
}

type SectionProps = { title: string; lead?: string | null; children: ReactNode };

function Section({ title, lead, children }: SectionProps) {
  return (
    <Card className="p-5 sm:p-7">
      <h2 className="text-lg font-semibold">{title}</h2>
      {lead ? <p className="mt-1 text-[0.9375rem] text-ink-muted">{lead}</p> : null}
      <div className="mt-5">{children}</div>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-muted">{name}</dt>
      <dd className="font-medium break-words">{children}</dd>
    </div>
  );
}
