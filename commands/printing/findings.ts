import type { MessageRef } from '@/lib/form-state';
import { type CheckState, checkGroups, type Finding } from '@/lib/operations/checks/types';
import { messageText } from './message-text';
import { makeStyle, wrap } from './style';

const titleWidth = 31;

function textOf(ref: MessageRef): string {
  return messageText(ref.messageKey, ref.params);
}

/** A table for people: each finding and, if it needs fixing, how to fix it. */
export function printFindings(
  findings: Finding[],
  options: { width: number; plain: boolean },
): string {
  const style = makeStyle(options.plain);
  const marks: Record<CheckState, string> = {
    ok: style.green('✓'),
    warn: style.yellow('!'),
    fail: style.red('✗'),
    unknown: style.dim('?'),
  };
  const indent = ' '.repeat(titleWidth + 4);
  const textWidth = Math.max(40, options.width - indent.length);

  const printOne = (finding: Finding) => {
    const title = textOf(finding.title);
    const found = wrap(textOf(finding.found), textWidth).join(`\n${indent}`);
    const first = `  ${marks[finding.state]} ${title.padEnd(titleWidth - 1)} ${found}`;
    if (!finding.fix) return [first];
    const fix = wrap(textOf(finding.fix), textWidth - 2).join(`\n${indent}  `);
    return [first, `${indent}${style.bold('→')} ${fix}`];
  };
  const lines = checkGroups.flatMap((group) => [
    style.bold(messageText(`settings.groups.${group}`)),
    ...findings.filter((finding) => finding.group === group).flatMap(printOne),
    '',
  ]);
  return [...lines, summary(findings)].join('\n');
}

function summary(findings: Finding[]): string {
  const count = (state: CheckState) => findings.filter((finding) => finding.state === state).length;
  return messageText('settings.doctor.summary', {
    fail: count('fail'),
    warn: count('warn'),
    unknown: count('unknown'),
    ok: count('ok'),
  });
}

/** The same for programs. */
export function findingsJson(findings: Finding[]): string {
  const results = findings.map(({ id, group, title, state, found, fix, fixedIn }) => ({
    id,
    group,
    title: textOf(title),
    state,
    found: textOf(found),
    fix: fix && textOf(fix),
    fixedIn,
  }));
  return JSON.stringify({ ok: !hasFailed(findings), results }, null, 2);
}

export function hasFailed(findings: Finding[]): boolean {
  return findings.some(({ state }) => state === 'fail');
}
