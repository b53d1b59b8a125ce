import type { Route } from 'next';
import { useT } from '#i18n';
import { NavLink } from '@/components/shell/nav-link';
import { StatusMark } from '@/components/status/status-mark';

type Props = { href: Route; broken: number };

/** Main navigation, with a warning on every page for as long as a connection is `broken`. */
export function CustomerNav({ href, broken }: Props) {
  const t = useT('layout');
  return (
    <nav aria-label={t('nav.label')}>
      <NavLink href={href}>
        {t('nav.connections')}
        {broken > 0 ? (
          <span className="inline-flex items-center gap-1 rounded-full bg-warn-soft px-2 py-0.5 text-xs font-semibold text-warn">
            <StatusMark shape="triangle" className="size-3" />
            <span aria-hidden="true">{broken}</span>
            <span className="sr-only">{t('nav.attention', { count: broken })}</span>
          </span>
        ) : null}
      </NavLink>
    </nav>
  );
}
