import { stateText } from '@/app/(admin)/admin/webhooks/_components/event-result';
import { changeText, statusText } from '@/components/status/connection-status';
import type { CompanyChange } from '@/lib/companies/staff/company-state';
import type { TimelineEntry } from '@/lib/companies/timeline/timeline-schemas';
import type { MessageText } from '@/messages/server/message-text';
import type { T } from '@/messages/translator';

const actions = [
  'company_create',
  'company_rename',
  'company_tag',
  'company_assign',
  'company_ignore',
  'company_unignore',
  'company_merge',
  'company_reread',
  'company_retry_setup',
  'company_delete',
  'connection_disconnect',
  'connection_remove',
  'link_copy',
  'webhook_reprocess',
] as const;
const outcomes = ['200', '201', '403', '500', '501'] as const;

type Audit = Extract<TimelineEntry, { kind: 'audit' }>;

/** What happened, in a line. */
export function entryTitle(
  t: T<'adminCompany'>,
  connections: T<'connections'>,
  entry: TimelineEntry,
): string {
  switch (entry.kind) {
    case 'status':
      return `${entry.platformName}: ${changeText(connections, entry)}`;
    case 'webhook':
      return entry.eventType;
    case 'audit': {
      const name = entry.action.replaceAll('.', '_');
      const known = actions.find((action) => action === name);
      return known ? t(`timeline.audit.${known}`, { subject: entry.subject }) : entry.action;
    }
    case 'consent':
      return t('timeline.consent', { version: entry.textVersion });
    case 'link':
      return t(entry.copied ? 'timeline.copiedLink' : 'timeline.link');
  }
}

/** Who did it or reported it. */
export function entrySource(
  admin: T<'admin'>,
  t: T<'adminCompany'>,
  connections: T<'connections'>,
  webhooks: T<'webhooks'>,
  entry: TimelineEntry,
): string {
  const nobody = admin('company.unknownPerson');
  switch (entry.kind) {
    case 'status': {
      const source = connections(`timeline.sourceStaff.${entry.source}`);
      const by = entry.actorName ? connections('timeline.by', { name: entry.actorName }) : '';
      return `${source} ${by}`.trim();
    }
    case 'webhook':
      return t('timeline.webhook', { state: stateText(webhooks, entry.state) });
    case 'audit':
      return entry.actorKind === 'system' ? t('timeline.codat') : entry.actorName;
    case 'consent':
      return entry.byName ?? nobody;
    case 'link':
      return entry.copied
        ? t('timeline.copiedBy', { name: entry.byName ?? nobody })
        : (entry.byName ?? nobody);
  }
}

/** More about it, a line each. */
export function entryNotes(
  messageText: MessageText,
  admin: T<'admin'>,
  t: T<'adminCompany'>,
  entry: TimelineEntry,
): string[] {
  if (entry.kind === 'link') return [linkOutcome(admin, entry)];
  return entry.kind === 'audit' ? auditNotes(messageText, t, entry) : [];
}

function auditNotes(messageText: MessageText, t: T<'adminCompany'>, { detail }: Audit): string[] {
  const { to, set, removed, failed } = detail;
  return [
    ...(to ? [t('timeline.to', { to: String(to) })] : []),
    ...(set ? [t('timeline.set', { set: String(set) })] : []),
    ...(removed ? [t('timeline.removed', { removed: String(removed) })] : []),
    ...(typeof failed === 'string' && failed.startsWith('errors.')
      ? [t('timeline.failed', { why: messageText(failed, { status: '', count: 0, minutes: 1 }) })]
      : []),
  ];
}

function linkOutcome(admin: T<'admin'>, entry: Extract<TimelineEntry, { kind: 'link' }>): string {
  if (!entry.returnedAt) return admin('company.notReturned');
  if (!entry.statusCode) return admin('outcome.none');
  const known = outcomes.find((code) => code === entry.statusCode);
  return known ? admin(`outcome.${known}`) : admin('outcome.other', { code: entry.statusCode });
}

/** What a re-read has changed, a line each. */
export function changeNotes(
  t: T<'adminCompany'>,
  connections: T<'connections'>,
  changes: CompanyChange[],
): string[] {
  return changes.map((change) => {
    switch (change.kind) {
      case 'name':
        return t('reread.name', { to: change.to });
      case 'details':
        return t('reread.details', { platform: change.platformName });
      case 'status':
        return statusNote(t, connections, change);
      default:
        return t(`reread.${change.kind}`);
    }
  });
}

function statusNote(
  t: T<'adminCompany'>,
  connections: T<'connections'>,
  change: Extract<CompanyChange, { kind: 'status' }>,
): string {
  const { platformName: platform, from, to } = change;
  if (to === null) return t('reread.removed', { platform });
  if (from === null) return t('reread.added', { platform, to: statusText(connections, to) });
  return t('reread.status', {
    platform,
    from: statusText(connections, from),
    to: statusText(connections, to),
  });
}
