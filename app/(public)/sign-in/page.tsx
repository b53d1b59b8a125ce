import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthFrame, inlineLink } from '@/app/(public)/_components/auth-frame';
import { Notice } from '@/components/ui/notice';
import { getEnv } from '@/env';
import { getProvider, providerProblem } from '@/lib/auth/oidc/provider';
import { withoutOrigin } from '@/lib/auth/return-path';
import { getBrand } from '@/lib/brand';
import { t } from '@/messages/auth';
import { messageText } from '@/messages/message-text';
import { ProviderLink } from './_components/provider-link';
import { SignInForm } from './_components/sign-in-form';

export const metadata: Metadata = { title: t('signIn.meta') };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl, error } = await searchParams;
  const asked = typeof callbackUrl === 'string' ? callbackUrl : '';
  // next-auth comes back with the whole address.
  const returnTo = withoutOrigin(asked, getEnv().APP_URL);
  const problem = providerProblem(typeof error === 'string' ? error : undefined);
  const provider = getProvider();
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
      {problem ? (
        <div role="alert" className="mb-5">
          <Notice tone="bad">
            <p>{messageText(problem)}</p>
          </Notice>
        </div>
      ) : null}
      {provider ? <ProviderLink providerName={provider.name} callbackUrl={returnTo} /> : null}
      <SignInForm callbackUrl={returnTo} />
    </AuthFrame>
  );
}
