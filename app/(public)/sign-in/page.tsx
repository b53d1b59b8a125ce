import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthFrame, inlineLink } from '@/app/(public)/_components/auth-frame';
import { getBrand } from '@/lib/brand';
import { translator } from '@/messages/translator';
import { SignInForm } from './_components/sign-in-form';

const t = translator('auth');

export const metadata: Metadata = { title: t('signIn.meta') };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { callbackUrl } = await searchParams;
  const brand = getBrand();
  const contact = brand.supportEmail ?? brand.supportPhone;
  return (
    <AuthFrame
      title={t('signIn.title')}
      lead={t('signIn.lead')}
      after={
        <>
          <p>
            {t('signIn.noAccount')}{' '}
            <Link href="/sign-up" className={inlineLink}>
              {t('signIn.toSignUp')}
            </Link>
          </p>
          <p>
            {contact
              ? t('signIn.forgot', { contact })
              : t('signIn.forgotNoContact', { brand: brand.name })}
          </p>
        </>
      }
    >
      <SignInForm callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : ''} />
    </AuthFrame>
  );
}
