import type { CompanySetup } from '@/lib/companies/types';
import { type ConnectionWay, knownState } from './types';

/** What tells how a connection comes about. Answers of Codat may lack the key. */
type Kind = {
  platformKey: string | null;
  platformName: string;
  sourceType: string;
  integrationId: string | null;
  sourceId: string | null;
};

/** SageBankFeed. Codat's bank feeds guide: its `linkUrl` must not be sent to users. */
const sageBankFeed = [
  'olpr',
  '2ce41026-589a-4330-8bfc-a30672253cd9',
  '98432954-a4fa-4640-a685-3af56909002a',
];

/**
 * By Codat's platform and source type. Its file uploads are of type `Other` and have undocumented keys;
 * partner expense connections (`Expense`) are linked by the operator's systems.
 */
export function wayOf(kind: Kind): ConnectionWay {
  const ids = [kind.platformKey, kind.integrationId, kind.sourceId];
  const isSage = ids.some((id) => id !== null && sageBankFeed.includes(id.toLowerCase()));
  if (isSage || /^sage\s*bank\s*feeds?$/i.test(kind.platformName.trim())) return 'passcode';
  const sourceType = kind.sourceType.toLowerCase();
  if (sourceType === 'expense') return 'operator';
  return sourceType === 'other' ? 'upload' : 'link';
}

/** QuickBooks Desktop: nothing is read right after linking, but on a schedule that its user sets. */
export function keepsOwnSchedule({ platformKey }: { platformKey: string | null }): boolean {
  return platformKey === 'pqsw';
}

export type Capabilities = {
  /** What the connection's own Link URL is for; null where there is none to send to anyone. */
  link: 'finish' | 'reconnect' | 'renew' | null;
  /** Whether the company's own page at Link has something to do about it. */
  manage: boolean;
  passcode: boolean;
  /** Give up its access; Codat refuses that of what isn't linked. */
  disconnect: boolean;
  /** Delete it at Codat, for good. */
  remove: boolean;
};

const nothing: Capabilities = {
  ...{ link: null, manage: false, passcode: false, disconnect: false, remove: false },
};

const linkUse = {
  PendingAuth: 'finish',
  Deauthorized: 'reconnect',
  stopped: 'reconnect',
  Unlinked: 'reconnect',
  Linked: 'renew',
} as const;

/** What Codat says of it, and what people see, where that is known. */
type Subject = { way: ConnectionWay; status: string; state?: string };

/** All that may be done with a connection, and with one of a company in this state nothing else. */
export function capabilitiesOf(
  { way, status, state = status }: Subject,
  setup: CompanySetup,
): Capabilities {
  if (setup !== 'ready') return nothing;
  const known = knownState(state);
  const isLinked = status === 'Linked';
  return {
    link: way === 'link' ? linkUse[known ?? 'Unlinked'] : null,
    manage: way === 'upload' || (way === 'link' && (known === 'Linked' || !known)),
    passcode: way === 'passcode' && known !== 'Linked',
    disconnect: isLinked,
    remove: true,
  };
}
