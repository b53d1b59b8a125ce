import { describe, expect, it } from 'vitest';
import type { CompanySetup } from '@/lib/companies/types';
import { type Capabilities, capabilitiesOf, wayOf } from './capabilities';
import type { ConnectionWay } from './types';

const xero = {
  ...{ platformKey: 'gbol', platformName: 'Xero', sourceType: 'Accounting' },
  ...{ integrationId: null, sourceId: null },
};

describe('how a connection comes about', () => {
  it.each([
    [{}, 'link'],
    [{ platformKey: 'suuo', platformName: 'Plaid', sourceType: 'Banking' }, 'link'],
    [
      { platformKey: 'hcws', platformName: 'QuickBooks Online Bank Feeds', sourceType: 'BankFeed' },
      'link',
    ],
    [{ platformKey: 'olpr', platformName: 'SageBankFeed', sourceType: 'BankFeed' }, 'passcode'],
    // Older answers have no key.
    [{ platformKey: null, platformName: 'SageBankFeed', sourceType: 'Unknown' }, 'passcode'],
    [{ platformKey: null, integrationId: '2CE41026-589a-4330-8bfc-a30672253cd9' }, 'passcode'],
    [{ platformKey: null, sourceId: '98432954-a4fa-4640-a685-3af56909002a' }, 'passcode'],
    [{ platformKey: 'tgff', platformName: 'Sage Accounting' }, 'link'],
    [{ sourceType: 'Expense' }, 'operator'],
    [{ sourceType: 'expense' }, 'operator'],
    [{ platformKey: null, platformName: 'Banking file upload', sourceType: 'Other' }, 'upload'],
    [{ sourceType: 'Payroll' }, 'link'],
  ] as const)('is told by %j: %s', (kind, way) => {
    expect(wayOf({ ...xero, ...kind })).toBe(way);
  });
});

const short = (can: Capabilities) =>
  [
    can.link,
    can.manage && 'manage',
    can.passcode && 'passcode',
    can.disconnect && 'disconnect',
    can.remove && 'remove',
  ]
    .filter(Boolean)
    .join(' ');

describe('what may be done with a connection', () => {
  it.each([
    ['link', 'PendingAuth', 'finish remove'],
    ['link', 'Linked', 'renew manage disconnect remove'],
    ['link', 'Deauthorized', 'reconnect remove'],
    ['link', 'Unlinked', 'reconnect remove'],
    ['link', 'Paused', 'reconnect manage remove'],
    ['passcode', 'PendingAuth', 'passcode remove'],
    ['passcode', 'Linked', 'disconnect remove'],
    ['passcode', 'Deauthorized', 'passcode remove'],
    ['passcode', 'Unlinked', 'passcode remove'],
    ['upload', 'Linked', 'manage disconnect remove'],
    ['upload', 'PendingAuth', 'manage remove'],
    ['upload', 'Unlinked', 'manage remove'],
    ['operator', 'Linked', 'disconnect remove'],
    ['operator', 'Unlinked', 'remove'],
    ['operator', 'PendingAuth', 'remove'],
  ] as [ConnectionWay, string, string][])('%s, %s: %s', (way, status, allowed) => {
    expect(short(capabilitiesOf({ way, status }, 'ready'))).toBe(allowed);
    for (const setup of ['deleted', 'blocked', 'provisioning'] as CompanySetup[]) {
      expect(short(capabilitiesOf({ way, status }, setup))).toBe('');
    }
  });
});
