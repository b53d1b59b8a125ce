import { type MarkShape, StatusMark } from '@/components/status/status-mark';
import type { CheckState } from '@/lib/operations/checks/schemas';

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
