import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';
import { AuthFrame, inlineLink } from '@/app/(public)/_components/auth-frame';
import { buttonStyle } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { getEnv } from '@/env';
import { getProvider, providerProblem } from '@/lib/auth/oidc/provider';
import { withoutOrigin } from '@/lib/auth/return-path';
import { getBrand } from '@/lib/brand';
import { getMessageText, getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { SignInForm } from './_components/sign-in-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('auth');
  return { title: t('signIn.meta') };
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const messageText = await getMessageText();
  const t = await getT('auth');
  const { callbackUrl, error } = await searchParams;
  const asked = typeof callbackUrl === 'string' ? callbackUrl : '';
  // next-auth comes back with the whole address.
  const returnTo = withoutOrigin(asked, getEnv().APP_URL);
  const problem = providerProblem(typeof error === 'string' ? error : undefined);
  const provider = getProvider();
  const brand = getBrand();
  const contact = brand.supportEmail ?? brand.supportPhone;
  return (
    <GiveTexts areas={['auth']}>
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
    </GiveTexts>
  );
}

type ProviderLinkProps = { providerName: string; callbackUrl: string };

/** A plain link: it leaves the site, so nothing may fetch it ahead. */
function ProviderLink({ providerName, callbackUrl }: ProviderLinkProps) {
  const t = useT('auth');
  const query = callbackUrl ? `?callbackUrl=${encodeURIComponent(callbackUrl)}` : '';
  return (
    <>
      <a href={`/sign-in/provider${query}`} className={buttonStyle({ className: 'w-full' })}>
        <KeyRound className="size-4 text-ink-muted" aria-hidden="true" />
        {t('signIn.withProvider', { provider: providerName })}
      </a>
      <p className="my-5 flex items-center gap-3 text-sm text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('signIn.or')}
      </p>
    </>
  );
}
