import { Menu } from 'lucide-react';
import { useT } from '#i18n';
import { Disclosure } from '@/components/shell/disclosure';
import { NavLink } from '@/components/shell/nav-link';
import { type Actor, can, type Permission } from '@/lib/actor';

/** Lists that the overview leads to. */
const belowOverview = ['/admin/connections', '/admin/changes', '/admin/sweeps'];

/** The pages of the admins' part, and the permission that each asks for. */
const pages = [
  { href: '/admin', label: 'nav.overview', permission: 'companies:read' },
  { href: '/admin/companies', label: 'nav.companies', permission: 'companies:read' },
  { href: '/admin/webhooks', label: 'nav.webhooks', permission: 'webhooks:read' },
  { href: '/admin/audit', label: 'nav.audit', permission: 'audit:read' },
  { href: '/admin/settings', label: 'nav.settings', permission: 'settings:read' },
] as const satisfies { href: string; label: string; permission: Permission }[];

/** The pages side by side, where the window is wide enough. */
export function AdminNav({ actor }: { actor: Actor }) {
  const t = useT('layout');
  return (
    <nav aria-label={t('nav.label')} className="flex items-center gap-1 max-lg:hidden">
      <span className="rounded-md border border-line px-1.5 py-0.5 text-xs font-medium text-ink-muted">
        {t('nav.admin')}
      </span>
      <PageLinks actor={actor} />
    </nav>
  );
}

/** The same pages behind a button, for a phone. A native disclosure: it opens with scripts off. */
export function AdminMenu({ actor }: { actor: Actor }) {
  const t = useT('layout');
  return (
    <nav aria-label={t('nav.label')} className="lg:hidden">
      <Disclosure
        className="group"
        summary={
          <summary
            aria-label={t('nav.menu')}
            className="grid size-11 list-none place-items-center rounded-lg text-ink-muted hover:bg-sunken hover:text-ink group-open:bg-sunken group-open:text-ink"
          >
            <Menu className="size-5" aria-hidden="true" />
          </summary>
        }
      >
        <div className="absolute inset-x-4 z-40 mt-2 grid rounded-xl border border-line bg-surface p-1.5 shadow-float sm:start-auto sm:w-72">
          <p className="px-3 py-1.5 text-xs text-ink-faint">{t('nav.admin')}</p>
          <PageLinks actor={actor} />
        </div>
      </Disclosure>
    </nav>
  );
}

function PageLinks({ actor }: { actor: Actor }) {
  const t = useT('layout');
  return pages
    .filter(({ permission }) => can(actor, permission))
    .map(({ href, label }) => (
      <NavLink
        key={href}
        href={href}
        exact={href === '/admin'}
        also={href === '/admin' ? belowOverview : undefined}
      >
        {t(label)}
      </NavLink>
    ));
}
