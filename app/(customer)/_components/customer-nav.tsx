'use client';

import { NavLink } from '@/components/shell/nav-link';
import { StatusMark } from '@/components/status/status-mark';
import type { ConnectionsOverview } from '@/lib/connections/schemas';
import { t } from '@/messages/layout';
import { useConnections } from './use-connections';

/** Main navigation; a warning stands here, on every page, as long as something is broken. */
export function CustomerNav({ initial }: { initial: ConnectionsOverview }) {
  const { connections } = useConnections(initial);
  const count = connections.filter(({ status }) => status === 'Deauthorized').length;
  return (
    <nav aria-label={t('nav.label')}>
      <NavLink href="/connections">
        {t('nav.connections')}
        {count > 0 ? (
          <span className="inline-flex items-center gap-1 rounded-full bg-warn-soft px-2 py-0.5 text-xs font-semibold text-warn">
            <StatusMark shape="triangle" className="size-3" />
            <span aria-hidden="true">{count}</span>
            <span className="sr-only">{t('nav.attention', { count })}</span>
          </span>
        ) : null}
      </NavLink>
    </nav>
  );
}
