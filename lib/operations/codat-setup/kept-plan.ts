import 'server-only';
import { createHash } from 'node:crypto';
import type { Executor } from '@/db/client';
import { readSetting, removeSetting, writeSetting } from '@/lib/settings/operator-settings';
import { z } from '@/lib/zod';

const key = 'codat-setup-plan';

/** Keeps what is to be done at Codat, for the page that shows it; null when it is not known. */
export async function keepPlan(db: Executor, steps: SetupStep[] | null): Promise<void> {
  await (steps ? writeSetting(db, key, steps) : removeSetting(db, key));
}

/** What is to be done at Codat as last looked at; nothing when it is not known. */
export async function readKeptPlan(db: Executor): Promise<SetupStep[]> {
  return (await readSetting(db, key, z.array(setupStepSchema)))?.value ?? [];
}

/** Names a plan, so that a form agrees to the very one that was shown. */
export function nameOfPlan(steps: SetupStep[]): string {
  return createHash('sha256').update(JSON.stringify(steps)).digest('base64url');
}

/** One change at Codat. */
export const setupStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-redirect-url'), from: z.string(), to: z.string() }),
  z.object({
    kind: z.literal('create-consumer'),
    url: z.string(),
    eventTypes: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('delete-consumer'),
    id: z.string(),
    disabled: z.boolean(),
    filtered: z.boolean(),
    missingTypes: z.array(z.string()),
  }),
]);

export type SetupStep = z.infer<typeof setupStepSchema>;

/** Agrees to a plan by its name. */
export const agreeSchema = z.object({ plan: z.string().min(1).max(100) });
