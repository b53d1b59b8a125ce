import { BookOpen, Landmark, RefreshCw, ShoppingBag } from 'lucide-react';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Card } from '@/components/ui/card';
import { t } from '@/messages/layout';

const rows = [
  { name: 'landing.previewAccounting', Icon: BookOpen, status: 'Linked' },
  { name: 'landing.previewBank', Icon: Landmark, status: 'Linked' },
  { name: 'landing.previewShop', Icon: ShoppingBag, status: 'PendingAuth' },
] as const;

/** A picture of the product, made of its own parts; says nothing that the text does not. */
export function HeroPreview() {
  return (
    <div aria-hidden="true" className="relative select-none max-lg:hidden">
      <div className="absolute -inset-6 rounded-3xl bg-accent-soft" />
      <Card className="relative p-5 shadow-float">
        <p className="flex items-center justify-between">
          <span className="text-lg font-semibold tracking-tight">{t('landing.previewTitle')}</span>
          <span className="rounded-md border border-line px-1.5 py-0.5 text-xs text-ink-muted">
            {t('landing.preview')}
          </span>
        </p>
        <ul className="mt-3 divide-y divide-line">
          {rows.map(({ name, Icon, status }) => (
            <li key={name} className="flex items-center gap-3 py-3">
              <span className="grid size-9 place-items-center rounded-lg bg-sunken text-ink-muted">
                <Icon className="size-4.5" />
              </span>
              <span className="flex-1 text-[0.9375rem] font-medium">{t(name)}</span>
              <ConnectionStatus status={status} className="text-sm" />
            </li>
          ))}
        </ul>
        <p className="mt-2 flex items-center gap-1.5 text-sm text-ink-faint">
          <RefreshCw className="size-3.5" />
          {t('landing.previewChecked')}
        </p>
      </Card>
    </div>
  );
}
