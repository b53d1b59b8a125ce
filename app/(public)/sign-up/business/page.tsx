import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/app/(public)/_components/auth-frame';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { BusinessForm } from './_components/business-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('auth');
  return { title: t('business.meta') };
}

export default async function BusinessPage() {
  const t = await getT('auth');

  const actor = await getActor();
  if (!actor) redirect('/sign-in');
  if (actor.companies.length > 0 || actor.operatorRole) redirect('/connections');
  return (
    <GiveTexts areas={['auth']}>
      <AuthFrame title={t('business.title')} lead={t('business.lead', { email: actor.email })}>
        <BusinessForm brandName={getBrand().name} />
      </AuthFrame>
    </GiveTexts>
  );
}
