import { BookOpen, Landmark, ShoppingBag } from 'lucide-react';
import { t } from '@/messages/layout';

const kinds = [
  { kind: 'accounting', Icon: BookOpen },
  { kind: 'banking', Icon: Landmark },
  { kind: 'commerce', Icon: ShoppingBag },
] as const;

export function SourceKinds() {
  return (
    <section className="mt-16 sm:mt-24">
      <h2 className="text-2xl font-semibold">{t('landing.what')}</h2>
      <ul className="mt-8 grid gap-8 sm:grid-cols-3">
        {kinds.map(({ kind, Icon }) => (
          <li key={kind} className="border-t border-line pt-5">
            <Icon className="size-6 text-accent-text" aria-hidden="true" />
            <h3 className="mt-3 font-semibold">{t(`landing.${kind}`)}</h3>
            <p className="mt-1.5 text-ink-muted">{t(`landing.${kind}Text`)}</p>
            <p className="mt-1.5 text-sm text-ink-faint">{t(`landing.${kind}Such`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
