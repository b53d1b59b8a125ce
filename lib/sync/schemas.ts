import type { changeSources, healthChanges, stopReasons } from '@/db/schema/closed-sets';

/** The source of a change. */
export type ChangeSource = (typeof changeSources)[number];

/** Why no data comes through a connection that is `Linked`. */
export type StopReason = (typeof stopReasons)[number];

export type HealthChange = (typeof healthChanges)[number];
