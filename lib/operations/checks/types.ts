import { checkGroups, checkStates, type fixPlaces } from '@/db/schema/closed-sets';
import type { MessageRef } from '@/lib/form-state';

export { checkGroups, checkStates };

export type CheckGroup = (typeof checkGroups)[number];
export type CheckState = (typeof checkStates)[number];
export type FixPlace = (typeof fixPlaces)[number];

/** What a check found. Its texts never hold a secret. */
export type Finding = {
  /** The check's name, and after a colon what of several things it is about. */
  id: string;
  group: CheckGroup;
  title: MessageRef;
  state: CheckState;
  found: MessageRef;
  fix: MessageRef | null;
  fixedIn: FixPlace | null;
};

export type StoredFinding = Finding & { since: string };
