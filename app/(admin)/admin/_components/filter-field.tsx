import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { describedBy, inputStyle } from '@/components/ui/field';

const control = cn(inputStyle, 'min-h-10 py-1.5 sm:text-[0.9375rem]');

type FrameProps = { id: string; label: string; hint?: string | undefined; children: ReactNode };

function Frame({ id, label, hint, children }: FrameProps) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm text-ink-muted">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

type InputProps = ComponentProps<'input'> & { name: string; label: string; hint?: string };

/** A text field of a filter. Keyed by its value, so that a cleared filter clears the field. */
export function FilterInput({ name, label, hint, ...rest }: InputProps) {
  const id = `filter-${name}`;
  return (
    <Frame id={id} label={label} hint={hint}>
      <input
        key={String(rest.defaultValue)}
        id={id}
        name={name}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-describedby={describedBy(id, Boolean(hint), false)}
        className={control}
        {...rest}
      />
    </Frame>
  );
}

type SelectProps = {
  name: string;
  label: string;
  value: string | undefined;
  /** What it reads while nothing is chosen. */
  any: string;
  options: readonly (readonly [value: string, text: string])[];
};

/** One of some values. One from the address that is none of them stays one. */
export function FilterSelect({ name, label, value, any, options }: SelectProps) {
  const id = `filter-${name}`;
  const isOdd = value && !options.some(([one]) => one === value);
  return (
    <Frame id={id} label={label}>
      <select
        key={String(value)}
        id={id}
        name={name}
        defaultValue={value ?? ''}
        className={control}
      >
        <option value="">{any}</option>
        {isOdd ? (
          <option value={value} translate="no">
            {value}
          </option>
        ) : null}
        {options.map(([one, text]) => (
          <option key={one} value={one} translate={text === one ? 'no' : undefined}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  );
}
