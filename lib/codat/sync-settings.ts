import 'server-only';
import { z } from '@/lib/zod';
import { readCodat } from './client';
import { CodatError } from './errors';

const item = z.object({ syncSchedule: z.number().nullish().catch(null) });
const answer = z.object({ settings: z.array(z.unknown()) });

/**
 * The longest interval, in hours, at which Codat reads a data type by the client's sync settings; 0
 * when it reads none by itself. They are never written. @throws CodatError
 */
export async function getSyncHours(): Promise<number> {
  return syncHoursOf(await readCodat({ priority: 'sweep', path: '/profile/syncSettings' }));
}

/** The same by a company's own settings. @throws CodatError */
export async function getCompanySyncHours(codatCompanyId: string): Promise<number> {
  const path = `/companies/${encodeURIComponent(codatCompanyId)}/syncSettings`;
  return syncHoursOf(await readCodat({ priority: 'sweep', path }));
}

/** @throws CodatError `malformed` */
export function syncHoursOf(json: unknown): number {
  const parsed = answer.safeParse(json);
  if (!parsed.success) throw new CodatError('malformed', 'sync settings: not a list of them');
  const hours = parsed.data.settings.map((one) => item.safeParse(one).data?.syncSchedule ?? 0);
  return Math.min(Math.ceil(Math.max(0, ...hours.filter(Number.isFinite))), 24 * 366);
}
