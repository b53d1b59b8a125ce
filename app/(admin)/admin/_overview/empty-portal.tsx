import Link from 'next/link';
import { useT } from '#i18n';
import { buttonStyle } from '@/components/ui/button';

/** What to do first, while there are no companies. */
export function EmptyPortal({ signUpUrl }: { signUpUrl: string }) {
  const t = useT('adminOverview');
  return (
    <div className="mb-4 rounded-xl border border-dashed border-line-strong/60 px-5 py-8 sm:px-8">
      <h2 className="text-lg font-semibold">{t('empty.title')}</h2>
      <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('empty.text')}</p>
      <ol className="mt-5 max-w-2xl list-decimal space-y-3 ps-5 text-[0.9375rem] marker:text-ink-faint">
        <li>
          {t('empty.settings')}
          <div className="mt-2">
            <Link
              href="/admin/settings"
              className={buttonStyle({ look: 'primary', size: 'small' })}
            >
              {t('empty.settingsAction')}
            </Link>
          </div>
        </li>
        <li>
          {t('empty.share')}
          <p className="mt-1 font-mono text-sm break-all text-ink-muted">{signUpUrl}</p>
        </li>
        <li>{t('empty.found')}</li>
      </ol>
    </div>
  );
}
