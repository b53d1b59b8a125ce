import { ApiError } from '@/sandbox/errors/api-error';
import { dataTypesOf } from '@/sandbox/integrations/integration-json';
import { getClientId } from '@/sandbox/profile';
import type { Company } from '@/sandbox/records/company-record';
import type { World } from '@/sandbox/world';

/** The client's interval by setting. Where Codat refuses to tell, it reads once a day all the same. */
const HOURS = { daily: 24, hourly: 1, monthly: 720, none: 0, forbidden: 24, missing: 24 } as const;

const REPORTS = ['balanceSheet', 'profitAndLoss'];

/** Listed, but not enabled: never read. */
const DISABLED = 'journals';

/** Hours between two reads of a company without settings of its own; 0: nothing is scheduled. */
export function hoursBetweenReads(world: World): number {
  return HOURS[world.settings.current().syncSettings];
}

function settingJson(dataType: string, hours: number, syncOrder: number) {
  const isEnabled = dataType !== DISABLED;
  return {
    dataType,
    fetchOnFirstLink: isEnabled,
    syncSchedule: isEnabled ? hours : 0,
    syncOrder,
    syncFromWindow: 24,
    ...(REPORTS.includes(dataType) && { monthsToSync: 24 }),
    isLocked: false,
  };
}

/**
 * The client's sync settings, or a company's, which may override them. Throws the 403 or 404 that the
 * settings of the local Codat ask for.
 */
export function syncSettingsJson(world: World, company: Company | null = null) {
  const { syncSettings } = world.settings.current();
  if (syncSettings === 'forbidden') throw new ApiError(403);
  if (syncSettings === 'missing') throw new ApiError(404);
  const own = company?.syncHours ?? null;
  const hours = own ?? hoursBetweenReads(world);
  const dataTypes = [
    ...dataTypesOf('Accounting'),
    ...dataTypesOf('Banking'),
    ...dataTypesOf('Commerce'),
    DISABLED,
  ];
  return {
    clientId: getClientId(world),
    overridesDefaults: own !== null,
    settings: dataTypes.map((name, order) => settingJson(name, hours, order)),
  };
}
