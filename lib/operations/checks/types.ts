import { checkGroups, checkStates, type menders } from '@/db/schema/closed-sets';
import type { MessageRef } from '@/lib/form-state';

export { checkGroups, checkStates };

export type CheckGroup = (typeof checkGroups)[number];
export type CheckState = (typeof checkStates)[number];
export type Mender = (typeof menders)[number];

/** What a check found. Its texts never hold a secret. */
export type Finding = {
  /** The check's name, and after a colon what of several things it is about. */
  id: string;
  group: CheckGroup;
  title: MessageRef;
  state: CheckState;
  found: MessageRef;
  mend: MessageRef | null;
  mender: Mender | null;
};

export type StoredFinding = Finding & { since: string };
