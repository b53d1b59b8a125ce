import type { MessageRef } from '@/lib/form-state';

export const checkGroups = [
  'environment',
  'codat',
  'webhooks',
  'secrets',
  'mail',
  'database',
  'jobs',
  'versions',
] as const;

export type CheckGroup = (typeof checkGroups)[number];

/** `unknown`: something the check depends on is out of reach or wrong itself. */
export const checkStates = ['ok', 'warn', 'fail', 'unknown'] as const;

export type CheckState = (typeof checkStates)[number];

/** Where to fix it: by the portal over Codat's API, in Codat's own portal, or where this runs. */
export type Mender = 'api' | 'codat-portal' | 'environment';

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
