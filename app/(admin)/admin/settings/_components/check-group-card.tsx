import { useT } from '#i18n';
import { type MarkShape, StatusMark } from '@/components/status/status-mark';
import { Time } from '@/components/time/time';
import { Card } from '@/components/ui/card';
import type { CheckGroup, CheckState, StoredFinding } from '@/lib/operations/checks/types';
import { getMessageText, getT } from '@/messages/server/get-t';

/** The place of a group on the page, for links from the overview and the summary. */
export const groupAnchor = (group: CheckGroup) => `group-${group}`;

type Props = { group: CheckGroup; findings: StoredFinding[] };

export function CheckGroupCard({ group, findings }: Props) {
  const t = useT('settings');
  if (findings.length === 0) return null;
  const titleId = groupAnchor(group);
  return (
    <Card>
      <h2
        id={titleId}
        className="scroll-mt-20 border-b border-line px-4 py-3 font-semibold sm:px-5"
      >
        {t(`groups.${group}`)}
      </h2>
      <ul aria-labelledby={titleId} className="divide-y divide-line">
        {findings.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
      </ul>
    </Card>
  );
}

const colors = { ok: '', warn: 'text-warn', fail: 'text-bad', unknown: 'text-ink-faint' };

/** One finding: what was checked, the result and, if it needs fixing, how to fix it. */
async function FindingRow({ finding }: { finding: StoredFinding }) {
  const messageText = await getMessageText();
  const t = await getT('settings');
  const { state, title, found, fix, fixedIn, since } = finding;
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-3 text-[0.9375rem] sm:grid-cols-[15rem_minmax(0,1fr)] sm:px-5">
      <p className="flex min-w-0 items-start gap-2.5 font-medium">
        <span className="mt-1">
          <CheckMark state={state} />
        </span>
        <span className="min-w-0 wrap-anywhere">{messageText(title.messageKey, title.params)}</span>
      </p>
      <div className="min-w-0 space-y-1 max-sm:ps-6.5">
        <p className="wrap-anywhere">
          <span className={state === 'ok' ? 'sr-only' : `font-medium ${colors[state]}`}>
            {t(`states.${state}`)}:{' '}
          </span>
          {messageText(found.messageKey, found.params)}
        </p>
        {fix ? (
          <p className="text-sm wrap-anywhere text-ink-muted">
            {fixedIn ? <span className="font-medium">{t(`fixPlaces.${fixedIn}`)}: </span> : null}
            {messageText(fix.messageKey, fix.params)}
          </p>
        ) : null}
        {state === 'fail' || state === 'warn' ? (
          <p className="text-sm text-ink-faint">
            {t.rich('page.since', { time: () => <Time at={since} as="relative" /> })}
          </p>
        ) : null}
      </div>
    </li>
  );
}

const looks: Record<CheckState, { shape: MarkShape; color: string }> = {
  ok: { shape: 'check', color: 'text-ok' },
  warn: { shape: 'triangle', color: 'text-warn' },
  fail: { shape: 'cross', color: 'text-bad' },
  unknown: { shape: 'ring', color: 'text-ink-faint' },
};

export function CheckMark({ state }: { state: CheckState }) {
  const { shape, color } = looks[state];
  return <StatusMark shape={shape} className={color} />;
}
