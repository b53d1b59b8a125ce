import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AuthFrame } from '@/app/(public)/_components/auth-frame';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { t } from '@/messages/auth';
import { BusinessForm } from './_components/business-form';

export const metadata: Metadata = { title: t('business.meta') };

export default async function BusinessPage() {
  const actor = await getActor();
  if (!actor) redirect('/sign-in');
  if (actor.companies.length > 0 || actor.operatorRole) redirect('/connections');
  return (
    <AuthFrame title={t('business.title')} lead={t('business.lead', { email: actor.email })}>
      <BusinessForm brandName={getBrand().name} />
    </AuthFrame>
  );
}
