import { cn } from '@/components/ui/cn';
import { inputStyle } from '@/components/ui/field';
import type { FormState } from '@/lib/form-state';
import { t } from '@/messages/admin-company';

type Props = {
  /** How many rows; Codat's limit, less what is reserved. */
  count: number;
  tags: Record<string, string>;
  /** What was typed before, and what was wrong with it. */
  state: FormState;
};

/** Names and values of tags, a row each. An empty row is no tag. */
export function TagRows({ count, tags, state }: Props) {
  const entries = Object.entries(tags);
  // A few to fill in; more once these are saved.
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
        {Array.from({ length: rows }, (_, i) => {
          const [key = '', value = ''] = entries[i] ?? [];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a form, never moved
            <li key={i} className="grid grid-cols-2 gap-2">
              <TagInput name={`key${i}`} row={i + 1} shown={key} maxLength={27} state={state} />
              <TagInput
                name={`value${i}`}
                row={i + 1}
                shown={value}
                maxLength={100}
                state={state}
              />
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

type InputProps = {
  name: string;
  row: number;
  shown: string;
  maxLength: number;
  state: FormState;
};

function TagInput({ name, row, shown, maxLength, state }: InputProps) {
  const error = state.fieldErrors?.[name];
  return (
    <div className="min-w-0">
      <input
        id={name}
        name={name}
        aria-label={tagLabel(name, row)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${name}-error` : undefined}
        defaultValue={state.values?.[name] ?? shown}
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

function tagLabel(name: string, row: number): string {
  return t(name.startsWith('key') ? 'tags.keyOf' : 'tags.valueOf', { row });
}

/** Names of the fields, for what a form says of them. */
export const tagLabels: Record<string, string> = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => i).flatMap((i) => [
    [`key${i}`, tagLabel(`key${i}`, i + 1)],
    [`value${i}`, tagLabel(`value${i}`, i + 1)],
  ]),
);
