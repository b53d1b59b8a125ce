import type { Metadata } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';
import { AuthFrame, inlineLink } from '@/app/(public)/_components/auth-frame';
import { type Brand, getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { SignUpForm } from './_components/sign-up-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('auth');
  return { title: t('signUp.meta') };
}

function Agreement({ termsUrl, privacyUrl }: Pick<Brand, 'termsUrl' | 'privacyUrl'>) {
  const t = useT('auth');
  const link = (href: string | null) => (text: React.ReactNode) => (
    <a href={href ?? '#'} className={inlineLink}>
      {text}
    </a>
  );
  const tags = { terms: link(termsUrl), privacy: link(privacyUrl) };
  if (termsUrl && privacyUrl) return <p>{t.rich('signUp.agree', tags)}</p>;
  if (termsUrl) return <p>{t.rich('signUp.agreeTerms', tags)}</p>;
  if (privacyUrl) return <p>{t.rich('signUp.agreePrivacy', tags)}</p>;
  return null;
}

export default function SignUpPage() {
  const t = useT('auth');
  const brand = getBrand();
  return (
    <GiveTexts areas={['auth']}>
      <AuthFrame
        title={t('signUp.title')}
        lead={t('signUp.lead')}
        after={
          <>
            <p>
              {t('signUp.haveAccount')}{' '}
              <Link href="/sign-in" className={inlineLink}>
                {t('signUp.toSignIn')}
              </Link>
            </p>
            <Agreement termsUrl={brand.termsUrl} privacyUrl={brand.privacyUrl} />
          </>
        }
      >
        <SignUpForm brandName={brand.name} />
      </AuthFrame>
    </GiveTexts>
  );
}
