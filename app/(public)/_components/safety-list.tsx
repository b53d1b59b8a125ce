import { t } from '@/messages/layout';

const reasons = ['passwords', 'stop', 'truth', 'run'] as const;

export function SafetyList({ brandName }: { brandName: string }) {
  return (
    <section className="mt-16 grid gap-8 sm:mt-24 lg:grid-cols-[1fr_2fr]">
      <h2 className="text-2xl font-semibold">{t('landing.safe')}</h2>
      <dl className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
        {reasons.map((reason) => (
          <div key={reason}>
            <dt className="font-semibold">{t(`landing.${reason}`)}</dt>
            <dd className="mt-1.5 text-ink-muted">
              {t(`landing.${reason}Text`, { brand: brandName })}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
