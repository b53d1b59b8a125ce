import { useT } from '#i18n';
import { ThemeSwitch } from '@/components/theme/theme';
import { cn } from '@/components/ui/cn';
import { LocaleForm } from './locale-form';

const linkStyle =
  'inline-flex min-h-8 items-center underline decoration-line-strong underline-offset-4 hover:text-ink';

type Props = {
  brand: {
    name: string;
    supportEmail: string | null;
    supportPhone: string | null;
    privacyUrl: string | null;
    termsUrl: string | null;
    demo: boolean;
  };
  wide?: boolean;
};

export function SiteFooter({ brand, wide = false }: Props) {
  const t = useT('layout');
  return (
    <footer className="border-t border-line text-sm text-ink-muted">
      <div
        className={cn(
          'mx-auto flex flex-wrap items-center justify-between gap-x-8 gap-y-4 px-4 py-6 sm:px-6',
          wide ? 'max-w-7xl' : 'max-w-5xl',
        )}
      >
        <div className="space-y-1">
          <p>{t('footer.codat', { brand: brand.name })}</p>
          {brand.demo ? <p>{t('demo')}</p> : null}
        </div>
        <nav aria-label={t('footer.label')} className="flex flex-wrap items-center gap-x-5 gap-y-1">
          {brand.supportEmail ? (
            <span>
              {t('footer.help')}{' '}
              <a className={linkStyle} href={`mailto:${brand.supportEmail}`}>
                {brand.supportEmail}
              </a>
            </span>
          ) : null}
          {brand.supportPhone ? (
            <a className={linkStyle} href={`tel:${brand.supportPhone.replace(/[^\d+]/g, '')}`}>
              {brand.supportPhone}
            </a>
          ) : null}
          {brand.privacyUrl ? (
            <a className={linkStyle} href={brand.privacyUrl}>
              {t('footer.privacy')}
            </a>
          ) : null}
          {brand.termsUrl ? (
            <a className={linkStyle} href={brand.termsUrl}>
              {t('footer.terms')}
            </a>
          ) : null}
        </nav>
        <LocaleForm />
        <ThemeSwitch />
      </div>
    </footer>
  );
}
