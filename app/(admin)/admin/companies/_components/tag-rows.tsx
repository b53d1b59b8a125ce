import { useT } from '#i18n';
import { cn } from '@/components/ui/cn';
import { inputStyle } from '@/components/ui/field';
import { tagLimits } from '@/lib/codat/tags';
import { tagRows } from '@/lib/companies/types';
import type { FormState } from '@/lib/form-state';
import type { T } from '@/messages/translator';

/** Names of the fields, for what a form says of them. */
export function tagLabels(t: T<'adminCompany'>): Record<string, string> {
  return Object.fromEntries(
    tagRows.flatMap(({ key, value }, i) => [
      [key, t('tags.keyOf', { row: i + 1 })],
      [value, t('tags.valueOf', { row: i + 1 })],
    ]),
  );
}

type Props = {
  /** How many rows; Codat's limit, less what is reserved. */
  count: number;
  tags: Record<string, string>;
  /** What was typed before, and what was wrong with it. */
  state: FormState;
};

/** Names and values of tags, a row each. An empty row is no tag. */
export function TagRows({ count, tags, state }: Props) {
  const t = useT('adminCompany');
  const entries = Object.entries(tags);
  // A few to fill in; more once these are saved.
  const labels = tagLabels(t);
  const rows = Math.max(entries.length, Math.min(count, entries.length + 3));
  return (
    <fieldset>
      <legend className="text-[0.9375rem] font-medium">{t('tags.legend')}</legend>
      <p className="mt-1 text-sm text-ink-muted">{t('tags.hint', { count })}</p>
      <div aria-hidden="true" className="mt-3 grid grid-cols-2 gap-2 text-xs text-ink-faint">
        <span>{t('tags.key')}</span>
        <span>{t('tags.value')}</span>
      </div>
      <ul className="mt-1 space-y-2">
        {tagRows.slice(0, rows).map(({ key, value }, i) => (
          <li key={key} className="grid grid-cols-2 gap-2">
            <TagInput
              name={key}
              label={labels[key]}
              shown={entries[i]?.[0]}
              maxLength={tagLimits.keyLength}
              state={state}
            />
            <TagInput
              name={value}
              label={labels[value]}
              shown={entries[i]?.[1]}
              maxLength={tagLimits.valueLength}
              state={state}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

type InputProps = {
  name: string;
  label: string | undefined;
  shown: string | undefined;
  maxLength: number;
  state: FormState;
};

function TagInput({ name, label, shown, maxLength, state }: InputProps) {
  const error = state.fieldErrors?.[name];
  return (
    <div className="min-w-0">
      <input
        id={name}
        name={name}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
        defaultValue={state.values?.[name] ?? shown ?? ''}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={false}
        className={cn(inputStyle, 'text-[0.9375rem]')}
      />
      {error ? (
        <p id={`${name}-error`} className="mt-1 text-sm font-medium text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
