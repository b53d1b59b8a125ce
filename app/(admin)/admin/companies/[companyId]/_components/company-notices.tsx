import Link from 'next/link';
import { useT } from '#i18n';
import { ignore, takeBack } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { buttonStyle } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import { PressForm } from './company-actions';

type Props = { company: CompanyDetail; mayWrite: boolean };

/** Says where a company without people came from, and what to do about it. */
export function UnassignedNotice({ company, mayWrite }: Props) {
  const t = useT('adminCompany');
  if (company.people.length > 0 || company.setup === 'deleted') return null;
  if (company.parent) return null;
  const found = company.origin === 'codat';
  const kind = found ? (company.ignored ? 'ignoredHere' : 'found') : 'noAccount';
  const pressed = company.ignored
    ? { action: takeBack, submit: t('unassigned.takeBack') }
    : { action: ignore, submit: t('unassigned.ignore') };
  return (
    <Notice
      tone={kind === 'found' ? 'warn' : 'info'}
      title={t(`unassigned.${kind}`)}
      action={
        mayWrite ? (
          <div className="flex flex-wrap items-start gap-2">
            <Link
              href={`/admin/companies/${company.id}/assign`}
              className={buttonStyle({ size: 'small' })}
            >
              {t('unassigned.assign')}
            </Link>
            {found ? (
              <PressForm {...pressed} companyId={company.id} pending={t('unassigned.saving')} />
            ) : null}
          </div>
        ) : null
      }
    >
      <p>{t(`unassigned.${kind}Text`)}</p>
    </Notice>
  );
}

/** Which company is above this one, and what follows from it. */
export function ParentNotice({ company: { parent, people } }: { company: CompanyDetail }) {
  const t = useT('adminCompany');
  if (!parent) return null;
  return (
    <Notice
      title={t.rich('family.parent', {
        parent: () => (
          <Link href={`/admin/companies/${parent.id}`} className="underline underline-offset-4">
            {parent.name}
          </Link>
        ),
      })}
    >
      <p>{t(people.length > 0 ? 'family.ownText' : 'family.parentText')}</p>
    </Notice>
  );
}

const things = [
  'disconnected',
  'removed',
  'renamed',
  'tagged',
  'deleted',
  'assigned',
  'created',
] as const;

type DoneNoticeProps = { done: unknown; ready: boolean };

/** What has just been done on a page that led back here. */
export function DoneNotice({ done, ready }: DoneNoticeProps) {
  const t = useT('adminCompany');
  const thing = things.find((known) => known === done);
  if (!thing) return null;
  const waiting = thing === 'created' && !ready;
  return (
    <div role="status" className="mb-4">
      <Notice tone={waiting ? 'wait' : 'ok'}>
        <p className="text-ink">{t(waiting ? 'done.createdWaiting' : `done.${thing}`)}</p>
      </Notice>
    </div>
  );
}
