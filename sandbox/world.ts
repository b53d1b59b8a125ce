import type { Config } from '@/sandbox/config';
import type { SettingsStore } from '@/sandbox/settings';
import type { Store } from '@/sandbox/store/open-store';

/** What every part of the sandbox is given: its store, its settings, its two clocks. */
export interface World {
  config: Config;
  store: Store;
  settings: SettingsStore;
  /** Base of `redirect` and `linkUrl`, without a trailing slash. */
  publicUrl: string;
  /** Origin of the platforms' sign-in stand-in, without a trailing slash. */
  platformUrl: string;
  /** Real time: dates that go out on the wire. */
  realNow(): number;
  /** Real time plus `clockOffsetMs`: schedules, expiries, and the `Date` of the API's answers. */
  now(): number;
  /** Says that something may have become due: a delivery, a first read. Returns at once. */
  wake(): void;
}
