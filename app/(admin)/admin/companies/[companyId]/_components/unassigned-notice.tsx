import Link from 'next/link';
import { ignore, takeBack } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { buttonStyle } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { CompanyDetail } from '@/lib/companies/staff/get-company-detail';
import { t } from '@/messages/admin-company';
import { PressForm } from './press-form';

type Props = { company: CompanyDetail; mayWrite: boolean };

/** Says of a company that is nobody's where it came from, and what can be done about it. */
export function UnassignedNotice({ company, mayWrite }: Props) {
  if (company.people.length > 0 || company.setup === 'deleted') return null;
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
