import { t } from '@/messages/webhooks';

const steps = [
  { below: 1000, unitMs: 1, unit: 'ms' },
  { below: 90_000, unitMs: 1000, unit: 's' },
  { below: 90 * 60_000, unitMs: 60_000, unit: 'min' },
  { below: 36 * 3_600_000, unitMs: 3_600_000, unit: 'h' },
] as const;

/** How much later one time is than another: `340 ms`, `4 s`, `2 days`. */
export function lagText(from: string, to: string): string {
  const ms = Math.max(0, Date.parse(to) - Date.parse(from));
  const step = steps.find(({ below }) => ms < below);
  if (!step) return t('lag.d', { count: Math.round(ms / 86_400_000) });
  const exact = ms / step.unitMs;
  return t(`lag.${step.unit}`, {
    count: exact < 10 ? Math.round(exact * 10) / 10 : Math.round(exact),
  });
}
