import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthFrame, inlineLink } from '@/app/(public)/_components/auth-frame';
import { findStaffInvite } from '@/lib/auth/staff/staff-invites';
import { getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { AcceptInviteForm } from './_components/accept-invite-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('auth');
  return { title: t('invite.meta'), robots: { index: false } };
}

export default async function AcceptInvitePage({ params }: PageProps<'/accept-invite/[token]'>) {
  const t = await getT('auth');
  const { token } = await params;
  const invite = await findStaffInvite(token);
  const brand = getBrand().name;
  if (!invite) {
    return (
      <AuthFrame title={t('invite.goneTitle')} lead={t('invite.goneLead')}>
        <Link href="/sign-in" className={inlineLink}>
          {t('signUp.toSignIn')}
        </Link>
      </AuthFrame>
    );
  }
  return (
    <GiveTexts areas={['auth']}>
      <AuthFrame
        title={t('invite.title', { brand })}
        lead={t('invite.lead', { email: invite.email })}
      >
        <AcceptInviteForm token={token} email={invite.email} />
      </AuthFrame>
    </GiveTexts>
  );
}
