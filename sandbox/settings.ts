import { z } from 'zod';
import { readMeta, writeMeta } from '@/sandbox/store/meta';
import type { Store } from '@/sandbox/store/open-store';

const rate = z.number().min(0).max(1);
const milliseconds = z.number().int();

/** The switches of the control API. All have a default, so a stored older set stays readable. */
export const settingsSchema = z.object({
  oneTimeLinks: z.boolean().default(false),
  webhookDuplicate: rate.default(0),
  webhookDrop: rate.default(0),
  webhookShuffle: rate.default(0),
  webhookDelayMs: milliseconds.min(0).default(0),
  clockOffsetMs: milliseconds.default(0),
  hostile: z.boolean().default(false),
  /** Requests a day; null is Codat's own formula. */
  dailyQuota: z.number().int().min(0).nullable().default(null),
  /** Companies the plan allows (the free plan: 50); null is no limit. */
  companyLimit: z.number().int().min(0).nullable().default(null),
  /** Whether deleting a company also announces each of its connections. */
  announceConnectionsOfDeletedCompany: z.boolean().default(true),
  /** From authorization to the end of the first read. */
  initialReadDelayMs: milliseconds.min(0).default(1200),
});

export type Settings = z.infer<typeof settingsSchema>;

export interface SettingsStore {
  current(): Settings;
  /** Changes what `change` names and keeps it; unknown values have been refused before. */
  update(change: Partial<Settings>): Settings;
  reset(): void;
}

/** Settings live in the store and are kept in memory, because every request asks for them. */
export function openSettings(store: Store): SettingsStore {
  let settings = settingsSchema.parse(readMeta(store, 'settings') ?? {});
  const keep = (next: Settings): Settings => {
    settings = next;
    writeMeta(store, 'settings', settings);
    return settings;
  };
  return {
    current: () => settings,
    update: (change) => keep({ ...settings, ...change }),
    reset: () => {
      keep(settingsSchema.parse({}));
    },
  };
}
