import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthFrame, inlineLink } from '@/app/(public)/_components/auth-frame';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connect');
  return {
    title: t('thanks.meta'),
    robots: { index: false },
  };
}

/** Endings after which somebody may want to know what to do. */
const endings = ['cancelled', 'unsupported', 'failed'] as const;

/**
 * Where people end up after using a link they were sent. It could be anyone, and the address could be
 * made up, so the page names no business, and says nothing of what happened as if it knew.
 */
export default async function ThanksPage({ searchParams }: PageProps<'/link/thanks'>) {
  const t = await getT('connect');
  const { outcome } = await searchParams;
  const kind = endings.find((known) => known === outcome) ?? 'done';
  const brand = getBrand();
  const contact = brand.supportEmail ?? brand.supportPhone;
  const actor = await getActor();
  return (
    <AuthFrame
      title={t('thanks.title')}
      lead={t(`thanks.${kind}`, { brand: brand.name })}
      after={
        <>
          {contact ? <p>{t('thanks.help', { contact })}</p> : null}
          <p>
            {t.rich('thanks.account', {
              link: (text) => (
                <Link href={actor ? '/connections' : '/sign-in'} className={inlineLink}>
                  {text}
                </Link>
              ),
            })}
          </p>
        </>
      }
    >
      <p className="text-ink-muted">{t('thanks.close')}</p>
    </AuthFrame>
  );
}
