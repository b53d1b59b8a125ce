import { CircleCheck } from 'lucide-react';
import { useLocale, useT } from '#i18n';
import { Time } from '@/components/time/time';
import type { ConnectPage } from '@/lib/linking/schemas';

type Props = {
  consent: ConnectPage['consent'];
  version: string;
  companyName: string;
  brandName: string;
};

/** The box to tick, or who agreed and when if the current text has been agreed to. */
export function ConsentField({ consent, version, companyName, brandName }: Props) {
  const t = useT('connect');
  const { id } = useLocale();
  const versionText = (
    <span className="block text-xs text-ink-faint">{t('consentVersion', { version })}</span>
  );
  if (consent) {
    const time = () => <Time at={consent.acceptedAt} as="day" />;
    return (
      <div className="flex gap-3">
        <CircleCheck className="mt-0.5 size-5 shrink-0 text-ok" aria-hidden="true" />
        <p className="min-w-0 text-[0.9375rem]">
          {consent.byName
            ? t.rich('consentGivenBy', { name: consent.byName, time })
            : t.rich('consentGiven', { time })}
          {versionText}
        </p>
      </div>
    );
  }
  return (
    <div className="flex gap-3">
      <input
        id="consent"
        name="consent"
        type="checkbox"
        value="yes"
        required
        aria-describedby="consent-version"
        className="mt-0.5 size-6 shrink-0 accent-accent"
      />
      {/* The receipt is for the words as they were read. */}
      <input type="hidden" name="consentLocale" value={id} />
      <div className="min-w-0 text-[0.9375rem]">
        <label htmlFor="consent" className="block">
          {t('consent', { company: companyName, brand: brandName })}
        </label>
        <span id="consent-version">{versionText}</span>
      </div>
    </div>
  );
}
