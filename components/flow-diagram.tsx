import { Building2, Laptop, type LucideIcon, ShieldCheck } from 'lucide-react';
import { t } from '@/messages/layout';

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
  return (
    <div className="relative">
      <div
        aria-hidden="true"
        className="absolute top-6 bottom-6 left-6 border-l-2 border-dashed border-line-strong/50 sm:top-6 sm:right-[16.6%] sm:bottom-auto sm:left-[16.6%] sm:border-t-2 sm:border-l-0"
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
