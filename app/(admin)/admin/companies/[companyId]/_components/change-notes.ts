import { statusText } from '@/components/status/connection-status';
import type { CompanyChange } from '@/lib/companies/company-state';
import type { MessageRef } from '@/lib/form-state';

/** What a re-read has changed, a line each. */
export function changeNotes(changes: CompanyChange[]): MessageRef[] {
  return changes.map((change): MessageRef => {
    const messageKey = `adminCompany.reread.${keyOf(change)}`;
    switch (change.kind) {
      case 'name':
        return { messageKey, params: { to: change.to } };
      case 'details':
        return { messageKey, params: { platform: change.platformName } };
      case 'status':
        return {
          messageKey,
          params: {
            platform: change.platformName,
            from: change.from ? statusText(change.from) : '',
            to: change.to ? statusText(change.to) : '',
          },
        };
      default:
        return { messageKey };
    }
  });
}

function keyOf(change: CompanyChange): string {
  if (change.kind !== 'status') return change.kind;
  if (change.to === null) return 'removed';
  return change.from === null ? 'added' : 'status';
}
