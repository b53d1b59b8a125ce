import { statusText } from '@/components/status/connection-status';
import { knownStatus } from '@/lib/connections/schemas';

/** A status in words; one that Codat has and we do not know, as Codat spells it. */
export function statusName(status: string): string {
  return knownStatus(status) ? statusText(status) : status;
}
