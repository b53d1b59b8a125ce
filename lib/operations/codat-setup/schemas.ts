import { z } from '@/lib/zod';

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
