import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { getActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getT } from '@/messages/server/get-t';
import { FlowDiagram, HeroPreview, SafetyList, SourceKinds } from './_components/landing-parts';

export default async function LandingPage() {
  const t = await getT('layout');
  const brand = getBrand();
  const actor = await getActor();
  return (
    <div className="mx-auto w-full max-w-5xl px-4 pb-20 sm:px-6">
      <section className="grid items-center gap-16 pt-14 sm:pt-24 lg:grid-cols-[1.25fr_1fr]">
        <div>
          <h1 className="text-4xl font-semibold sm:text-5xl">
            {t('landing.title', { brand: brand.name })}
          </h1>
          <p className="mt-5 max-w-xl text-lg text-ink-muted">
            {t('landing.lead', { brand: brand.name })}
          </p>
          <div className="mt-8 flex flex-wrap gap-3">
            {actor ? (
              <Link href="/connections" className={buttonStyle({ look: 'primary', size: 'large' })}>
                {t('landing.continue')}
                <ArrowRight className="size-5 rtl:-scale-x-100" aria-hidden="true" />
              </Link>
            ) : (
              <>
                <Link href="/sign-up" className={buttonStyle({ look: 'primary', size: 'large' })}>
                  {t('landing.signUp')}
                </Link>
                <Link href="/sign-in" className={buttonStyle({ size: 'large' })}>
                  {t('landing.signIn')}
                </Link>
              </>
            )}
          </div>
        </div>
        <HeroPreview />
      </section>

      <Card className="mt-14 p-6 sm:mt-20 sm:p-10">
        <h2 className="mb-8 text-lg font-semibold">{t('landing.flow')}</h2>
        <FlowDiagram brandName={brand.name} />
      </Card>

      <SourceKinds />
      <SafetyList brandName={brand.name} />
    </div>
  );
}
