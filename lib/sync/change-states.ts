import 'server-only';
import { sql } from 'drizzle-orm';
import { connectionStatusChanges as changes } from '@/db/schema/connections';

/** From which state to which a stored change led: where data stopped or came again, the status stayed. */
export const changeStates = {
  from: sql<string | null>`case ${changes.health} when 'resumed' then 'stopped'
    else ${changes.fromStatus} end`,
  to: sql<string | null>`case ${changes.health} when 'stopped' then 'stopped'
    else ${changes.toStatus} end`,
};
