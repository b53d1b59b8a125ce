import 'server-only';
import { cookies } from 'next/headers';
import { isZone } from '@/lib/lists/zoned-time';

/** The zone in which this reader's browser shows times; UTC without scripts, which it says. */
export async function getReaderZone(): Promise<string> {
  const zone = (await cookies()).get('zone')?.value ?? '';
  return isZone(zone) ? zone : 'UTC';
}

type Ranged = { from?: string | undefined; to?: string | undefined; zone?: string | undefined };

/**
 * A list's state with the zone of its times: the address's own, else the reader's. An address without
 * times names none.
 */
export async function withZone<Input extends Ranged>(
  input: Input,
): Promise<{ input: Input; zone: string }> {
  const zone = input.zone ?? (await getReaderZone());
  return { input: { ...input, zone: input.from || input.to ? zone : undefined }, zone };
}
