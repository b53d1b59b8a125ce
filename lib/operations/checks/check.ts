import 'server-only';
import type { MessageKeys, NestedKeyOf } from 'use-intl/core';
import type { Db } from '@/db/client';
import type { EnvInspection } from '@/env';
import type { CodatProbe } from '@/lib/codat/probe';
import type { MessageRef } from '@/lib/form-state';
import type { Texts } from '@/messages/areas';
import type { DatabaseProbe } from './probe-database';
import type { CheckGroup, CheckState, FixPlace } from './types';

type Checks = Texts['settings']['checks'];
type CheckText = MessageKeys<Checks, NestedKeyOf<Checks>>;

/** What checks are given. Nothing of it has been asked yet. */
export type CheckContext = {
  environment: EnvInspection;
  codat: CodatProbe | null;
  db: Db | null;
  database: DatabaseProbe | null;
};

export type Outcome = {
  state: CheckState;
  found: MessageRef;
  fix?: MessageRef;
  fixedIn?: FixPlace;
  /** What of several things it is about, e.g. the name of a setting. */
  about?: string;
};

export type Check = {
  id: keyof Checks;
  group: CheckGroup;
  /** Throws `CannotCheck` where it cannot be known, and leaves every other error to the caller. */
  run: (context: CheckContext) => Promise<Outcome | Outcome[]>;
};

/** A text of the checks, e.g. `checkText('mail.none')`. */
export function checkText(key: CheckText, params?: MessageRef['params']): MessageRef {
  return { messageKey: `settings.checks.${key}`, ...(params && { params }) };
}

type Reason = keyof Texts['settings']['cannotTell'];

/** What a check rests on is missing or does not answer; another check says so. */
export class CannotCheck extends Error {
  readonly ref: MessageRef;

  constructor(reason: Reason, params?: MessageRef['params']) {
    super(reason);
    this.ref = { messageKey: `settings.cannotTell.${reason}`, ...(params && { params }) };
  }
}
