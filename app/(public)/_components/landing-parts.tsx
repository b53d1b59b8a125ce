import {
  BookOpen,
  Building2,
  Landmark,
  Laptop,
  type LucideIcon,
  RefreshCw,
  ShieldCheck,
  ShoppingBag,
} from 'lucide-react';
import { useT } from '#i18n';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Card } from '@/components/ui/card';

const rows = [
  { name: 'landing.previewAccounting', Icon: BookOpen, status: 'Linked' },
  { name: 'landing.previewBank', Icon: Landmark, status: 'Linked' },
  { name: 'landing.previewShop', Icon: ShoppingBag, status: 'PendingAuth' },
] as const;

/** A picture of the product, made of its own parts; adds nothing to the text. */
export function HeroPreview() {
  const t = useT('layout');
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

function Stop({ Icon, name, hint }: { Icon: LucideIcon; name: string; hint: string }) {
  return (
    <li className="relative flex items-center gap-4 sm:flex-col sm:gap-3 sm:text-center">
      <span className="z-10 grid size-12 shrink-0 place-items-center rounded-full border border-line bg-surface text-accent-text shadow-lift">
        <Icon className="size-5" aria-hidden="true" />
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{name}</span>
        <span className="block text-sm text-ink-muted">{hint}</span>
      </span>
    </li>
  );
}

/** Who holds the data on its way: the person's software, Codat, the operator. */
export function FlowDiagram({ brandName }: { brandName: string }) {
  const t = useT('layout');
  return (
    <div className="relative">
      <div
        aria-hidden="true"
        className="absolute top-6 bottom-6 start-6 border-s-2 border-dashed border-line-strong/50 sm:top-6 sm:end-[16.6%] sm:bottom-auto sm:start-[16.6%] sm:border-t-2 sm:border-s-0"
      />
      <ol aria-label={t('landing.flow')} className="grid gap-6 sm:grid-cols-3">
        <Stop Icon={Laptop} name={t('landing.flowYou')} hint={t('landing.flowYouHint')} />
        <Stop
          Icon={ShieldCheck}
          name={t('landing.flowCodat')}
          hint={t('landing.flowCodatHint', { brand: brandName })}
        />
        <Stop Icon={Building2} name={brandName} hint={t('landing.flowBrandHint')} />
      </ol>
    </div>
  );
}

const kinds = [
  { kind: 'accounting', Icon: BookOpen },
  { kind: 'banking', Icon: Landmark },
  { kind: 'commerce', Icon: ShoppingBag },
] as const;

export function SourceKinds() {
  const t = useT('layout');
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

const reasons = ['passwords', 'stop', 'truth', 'run'] as const;

export function SafetyList({ brandName }: { brandName: string }) {
  const t = useT('layout');
  return (
    <section className="mt-16 grid gap-8 sm:mt-24 lg:grid-cols-[1fr_2fr]">
      <h2 className="text-2xl font-semibold">{t('landing.safe')}</h2>
      <dl className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
        {reasons.map((reason) => (
          <div key={reason}>
            <dt className="font-semibold">{t(`landing.${reason}`)}</dt>
            <dd className="mt-1.5 text-ink-muted">
              {t(`landing.${reason}Text`, { brand: brandName })}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
