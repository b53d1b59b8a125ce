import { Notice, type Tone } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { CompanySetup } from '@/lib/companies/schemas';
import type { ConnectionsOverview } from '@/lib/connections/schemas';
import { t } from '@/messages/connections';

type Unready = Exclude<CompanySetup, 'ready'>;

const tones: Record<Unready, Tone> = { provisioning: 'wait', blocked: 'warn', deleted: 'bad' };

type Props = {
  company: ConnectionsOverview['company'];
  brandName: string;
  contact: string | null;
};

/** Why one cannot connect anything yet, or any more. Nothing when set-up is done. */
export function SetupNotice({ company, brandName, contact }: Props) {
  const { setup } = company;
  if (setup === 'ready') return null;
  return (
    <div className="mb-6 space-y-3">
      <Notice tone={tones[setup]} title={t(`setup.${setup}Title`)}>
        <p>{t(`setup.${setup}Text`, { brand: brandName })}</p>
        {contact && setup !== 'provisioning' ? <p>{t('setup.help', { contact })}</p> : null}
      </Notice>
      {setup === 'provisioning' ? <Skeleton className="h-28 rounded-xl" /> : null}
    </div>
  );
}
