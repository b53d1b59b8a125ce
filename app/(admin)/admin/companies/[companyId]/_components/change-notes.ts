import { statusText } from '@/components/status/connection-status';
import type { CompanyChange } from '@/lib/companies/staff/company-state';
import { t } from '@/messages/admin-company';

/** What a re-read has changed, a line each. */
export function changeNotes(changes: CompanyChange[]): string[] {
  return changes.map((change) => {
    switch (change.kind) {
      case 'name':
        return t('reread.name', { to: change.to });
      case 'details':
        return t('reread.details', { platform: change.platformName });
      case 'status':
        return statusNote(change);
      default:
        return t(`reread.${change.kind}`);
    }
  });
}

function statusNote(change: Extract<CompanyChange, { kind: 'status' }>): string {
  const { platformName: platform, from, to } = change;
  if (to === null) return t('reread.removed', { platform });
  if (from === null) return t('reread.added', { platform, to: statusText(to) });
  return t('reread.status', { platform, from: statusText(from), to: statusText(to) });
}
