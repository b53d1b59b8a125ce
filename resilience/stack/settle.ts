import { getDb } from '@/db/client';
import { countMissed } from '@/lib/sync/sweep/missed-changes';
import { atOnce, runSweepStep } from '@/lib/sync/sweep/run-sweep';
import type { Stack } from './stack';
import { until } from './wait';

const minute = 60_000;

/** Waits until all events are delivered and applied, and takes back every wish to read. */
export async function untilQuiet({ codat, db }: Stack): Promise<void> {
  const isNone = async (query: string) => (await db.query(`${query} limit 1`)).rows.length === 0;
  await until('all is delivered and applied', 6 * minute, async () => {
    const deliveries = await codat.deliveries();
    if (deliveries.some(({ nextAttemptAt }) => nextAttemptAt !== null)) return false;
    return isNone("select from webhook_events where state = 'pending'");
  });
  const takeBack = 'update company_reads set read_due_at = null';
  await db.query(takeBack);
  // Those that were under way may ask for another.
  await until('no read is under way', minute, () =>
    isNone('select from company_reads where read_lease_until > now()'),
  );
  await db.query(takeBack);
}

type Sweep = { companies_seen: number; companies_found: number; missed_by_webhook: number };

/** Sweeps until a sweep that had not ended before is over, and tells what it found. */
export async function sweepOnce({ db }: Stack): Promise<Sweep> {
  const [last] = (await db.query('select max(id) as id from sweeps where finished_at is not null'))
    .rows;
  return until('a sweep is over', minute, async () => {
    await runSweepStep(atOnce);
    // As a minute later: no event is on its way any more.
    await countMissed(getDb(), 0);
    const { rows } = await db.query<Sweep>(
      `select companies_seen, companies_found, missed_by_webhook from sweeps
       where id > $1 and finished_at is not null order by id limit 1`,
      [last?.id ?? 0],
    );
    return rows[0];
  });
}
