import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthFrame, inlineLink } from '@/app/(public)/_components/auth-frame';
import { findStaffInvite } from '@/lib/auth/staff/staff-invites';
import { getBrand } from '@/lib/brand';
import { t } from '@/messages/auth';
import { AcceptInviteForm } from './_components/accept-invite-form';

export const metadata: Metadata = { title: t('invite.meta'), robots: { index: false } };

export default async function AcceptInvitePage({ params }: PageProps<'/accept-invite/[token]'>) {
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
    <AuthFrame
      title={t('invite.title', { brand })}
      lead={t('invite.lead', { email: invite.email })}
    >
      <AcceptInviteForm token={token} email={invite.email} />
    </AuthFrame>
  );
}
