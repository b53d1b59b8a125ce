import Link from 'next/link';
import { useT } from '#i18n';
import { buttonStyle } from '@/components/ui/button';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import type { ConnectionSummary } from '@/lib/connections/types';
import { whyNoLink } from '@/lib/linking/copy-link';

type Props = { connection: ConnectionSummary; may: { write: boolean; copy: boolean } };

/** What staff can do with one connection: each leads to a page that says what it means. */
export function ConnectionLinks({ connection, may }: Props) {
  const t = useT('adminCompany');
  const path = `/admin/companies/${connection.companyId}/connections/${connection.id}` as const;
  const linkPage =
    `/admin/companies/${connection.companyId}/link?connection=${connection.id}` as const;
  // Whoever may do anything may do it with a company that is set up.
  const can = capabilitiesOf(connection, 'ready');
  const actions = [
    ...(may.copy && whyNoLink(connection) === null
      ? [{ href: linkPage, action: t('actions.copyLink') }]
      : []),
    ...(may.write && can.disconnect
      ? [{ href: `${path}/disconnect` as const, action: t('actions.disconnect') }]
      : []),
    ...(may.write && can.remove
      ? [{ href: `${path}/remove` as const, action: t('actions.remove') }]
      : []),
  ];
  if (actions.length === 0) return null;
  return (
    <p
      className="flex shrink-0 flex-wrap items-start gap-1 max-sm:mt-1 max-sm:-ms-2.5 sm:-mt-1.5 sm:-me-2.5"
      data-no-print
    >
      {actions.map(({ href, action }) => (
        <Link
          key={href}
          href={href}
          aria-label={t('actions.of', { action, platform: connection.platformName })}
          className={buttonStyle({ look: 'quiet', size: 'small', className: 'px-2.5' })}
        >
          {action}
        </Link>
      ))}
    </p>
  );
}
