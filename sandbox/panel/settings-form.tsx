/** @jsxImportSource hono/jsx */
import { CHOICES, type ChoiceName, type Settings } from '@/sandbox/settings';

const SWITCHES = [
  ['oneTimeLinks', 'One-time links'],
  ['hostile', 'Hostile answers (nulls, unknown fields and values)'],
  ['productsRequired', 'Refuse companies without products'],
] as const;

const CHOICE_LABELS: Record<ChoiceName, string> = {
  syncSettings: 'Data is read',
  orderBy: 'Order of companies',
  customParameters: 'Parameters of Link URLs',
  logos: 'Logos of platforms',
  dates: 'Form of dates',
  neverSynced: 'Last sync before any read',
  optionalFields: 'Optional fields',
  replayId: 'Id of a replayed webhook',
  rateLimitReset: 'Form of X-Rate-Limit-Reset',
  retryAfter: 'Form of Retry-After',
  bankFeedPasscode: 'Form of a bank feed passcode',
};

const NUMBERS = [
  ['webhookDuplicate', 'Share of webhooks sent twice', '0.05'],
  ['webhookDrop', 'Share of webhooks lost', '0.05'],
  ['webhookShuffle', 'Share of webhooks delayed out of order', '0.05'],
  ['webhookDelayMs', 'Delay of webhooks (ms)', '100'],
  ['clockOffsetMs', 'Clock offset (ms)', '1000'],
] as const;

/** Every setting that a person may want to try. */
export function SettingsForm({ settings }: { settings: Settings }) {
  return (
    <form method="post" action="/_sandbox/settings" class="card">
      <input type="hidden" name="back" value="/_sandbox/settings" />
      <div class="grid">
        {SWITCHES.map(([name, label]) => (
          <label key={name} class="check">
            <input type="checkbox" name={name} checked={settings[name]} />
            {label}
          </label>
        ))}
      </div>
      <div class="grid">
        {(Object.keys(CHOICES) as ChoiceName[]).map((name) => (
          <div key={name}>
            <label for={name}>{CHOICE_LABELS[name]}</label>
            <select id={name} name={name}>
              {CHOICES[name].map((word) => (
                <option key={word} value={word} selected={word === settings[name]}>
                  {word}
                </option>
              ))}
            </select>
          </div>
        ))}
      </div>
      <div class="grid">
        {NUMBERS.map(([name, label, step]) => (
          <div key={name}>
            <label for={name}>{label}</label>
            <input id={name} name={name} type="number" step={step} value={String(settings[name])} />
          </div>
        ))}
      </div>
      <button type="submit" class="main">
        Save settings
      </button>
    </form>
  );
}
