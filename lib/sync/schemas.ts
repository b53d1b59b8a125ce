import type { changeSources } from '@/db/schema/closed-sets';

/** The source of a status change. */
export type ChangeSource = (typeof changeSources)[number];
