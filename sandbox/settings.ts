import { z } from 'zod';
import { readMeta, writeMeta } from '@/sandbox/store/meta';
import type { Store } from '@/sandbox/store/open-store';

const rate = z.number().min(0).max(1);
const duration = z.number().int().min(0);

/** What the control API can change; nothing else is accepted, and what is absent stays. */
export const settingsChangeSchema = z.strictObject({
  oneTimeLinks: z.boolean().optional(),
  webhookDuplicate: rate.optional(),
  webhookDrop: rate.optional(),
  webhookShuffle: rate.optional(),
  webhookDelayMs: duration.optional(),
  clockOffsetMs: z.number().int().optional(),
  hostile: z.boolean().optional(),
  /** Requests a day; null is Codat's own formula. */
  dailyQuota: z.number().int().min(0).nullable().optional(),
  /** Companies the plan allows (the free plan: 50); null is no limit. */
  companyLimit: z.number().int().min(0).nullable().optional(),
  /** Whether deleting a company also announces each of its connections. */
  announceConnectionsOfDeletedCompany: z.boolean().optional(),
  /** From authorization to the end of the first read. */
  initialReadDelayMs: duration.optional(),
});

export type SettingsChange = z.infer<typeof settingsChangeSchema>;
export type Settings = Required<SettingsChange>;

const DEFAULTS: Settings = {
  oneTimeLinks: false,
  webhookDuplicate: 0,
  webhookDrop: 0,
  webhookShuffle: 0,
  webhookDelayMs: 0,
  clockOffsetMs: 0,
  hostile: false,
  dailyQuota: null,
  companyLimit: null,
  announceConnectionsOfDeletedCompany: true,
  initialReadDelayMs: 1200,
};

export interface SettingsStore {
  current(): Settings;
  /** Changes what `change` names and keeps it; unknown values have been refused before. */
  update(change: SettingsChange): Settings;
  reset(): void;
}

/** Settings live in the store and are kept in memory, because every request asks for them. */
export function openSettings(store: Store): SettingsStore {
  let settings: Settings = { ...DEFAULTS, ...readMeta<SettingsChange>(store, 'settings') };
  const keep = (next: Settings): Settings => {
    settings = next;
    writeMeta(store, 'settings', settings);
    return settings;
  };
  return {
    current: () => settings,
    update: (change) => keep({ ...settings, ...change }),
    reset: () => {
      keep(DEFAULTS);
    },
  };
}
