import { KeyRound } from 'lucide-react';
import { buttonStyle } from '@/components/ui/button';
import { t } from '@/messages/auth';

type Props = { providerName: string; callbackUrl: string };

/** A plain link: it leaves the site, so nothing may fetch it ahead. */
export function ProviderLink({ providerName, callbackUrl }: Props) {
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
