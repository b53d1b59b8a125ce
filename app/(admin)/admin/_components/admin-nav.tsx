import { NavLink } from '@/components/shell/nav-link';
import { type Actor, can, type Permission } from '@/lib/auth/actor';
import { t } from '@/messages/layout';

/** The rooms of the admins' part, and what one must be allowed to enter each. */
const rooms = [
  { href: '/admin', label: 'nav.overview', permission: 'companies:read' },
  { href: '/admin/companies', label: 'nav.companies', permission: 'companies:read' },
  { href: '/admin/webhooks', label: 'nav.webhooks', permission: 'webhooks:read' },
  { href: '/admin/audit', label: 'nav.audit', permission: 'audit:read' },
  { href: '/admin/settings', label: 'nav.settings', permission: 'settings:read' },
] as const satisfies { href: string; label: string; permission: Permission }[];

export function AdminNav({ actor }: { actor: Actor }) {
  return (
    <nav aria-label={t('nav.label')} className="flex min-w-0 items-center gap-1 overflow-x-auto">
      <span className="rounded-md border border-line px-1.5 py-0.5 text-xs font-medium text-ink-muted">
        {t('nav.admin')}
      </span>
      {rooms
        .filter(({ permission }) => can(actor, permission))
        .map(({ href, label }) => (
          <NavLink key={href} href={href} exact={href === '/admin'}>
            {t(label)}
          </NavLink>
        ))}
    </nav>
  );
}
