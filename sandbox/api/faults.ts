import { z } from 'zod';
import type { World } from '@/sandbox/world';

/** One misbehaviour of the API; see the README for what each field does. */
export const faultSchema = z.strictObject({
  method: z
    .string()
    .transform((method) => method.toUpperCase())
    .optional(),
  path: z.string().min(1),
  status: z.number().int().min(200).max(599).optional(),
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  latencyMs: z.number().int().min(0).max(600_000).optional(),
  /** The body's bytes are spread over this time. */
  slowBodyMs: z.number().int().min(0).max(600_000).optional(),
  drop: z.boolean().optional(),
  retryAfter: z.union([z.number(), z.string()]).optional(),
  afterEffect: z.boolean().optional(),
  /** How many calls; null is until cleared. */
  times: z.number().int().min(1).nullable().default(1),
});

export type Fault = z.infer<typeof faultSchema>;

interface FaultRow {
  id: number;
  definition: string;
  remaining: number | null;
}

function pathMatches(pattern: string, path: string): boolean {
  if (pattern.includes('*')) {
    const source = pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${source}$`).test(path);
  }
  return path === pattern || path.startsWith(pattern.endsWith('/') ? pattern : `${pattern}/`);
}

/** Adds a fault behind those there are. */
export function addFault({ store }: World, fault: Fault): void {
  store.run(
    'INSERT INTO faults (definition, remaining) VALUES (?, ?)',
    JSON.stringify(fault),
    fault.times,
  );
}

/** Faults that still wait for calls, with how many are left of each. */
export function listFaults({ store }: World) {
  return store.all<FaultRow>('SELECT * FROM faults ORDER BY id').map((row) => ({
    ...(JSON.parse(row.definition) as Fault),
    remaining: row.remaining,
  }));
}

export function clearFaults({ store }: World): void {
  store.run('DELETE FROM faults');
}

/** Takes the oldest fault that matches a call, or null, and counts it down. */
export function takeFault({ store }: World, method: string, path: string): Fault | null {
  for (const row of store.all<FaultRow>('SELECT * FROM faults ORDER BY id')) {
    const fault = JSON.parse(row.definition) as Fault;
    if (fault.method && fault.method !== method) continue;
    if (!pathMatches(fault.path, path)) continue;
    if (row.remaining !== null) {
      if (row.remaining <= 1) store.run('DELETE FROM faults WHERE id = ?', row.id);
      else store.run('UPDATE faults SET remaining = remaining - 1 WHERE id = ?', row.id);
    }
    return fault;
  }
  return null;
}
