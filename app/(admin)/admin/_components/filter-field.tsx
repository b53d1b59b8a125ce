import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';
import { inputStyle } from '@/components/ui/field';

const control = cn(inputStyle, 'min-h-10 py-1.5 sm:text-[0.9375rem]');

type Named = { name: string; label: string };

function Label({ name, label }: Named) {
  return (
    <label htmlFor={`filter-${name}`} className="mb-1 block text-sm text-ink-muted">
      {label}
    </label>
  );
}

/** A text field of a filter. Keyed by its value, so that a cleared filter clears the field. */
export function FilterInput({ name, label, ...rest }: Named & ComponentProps<'input'>) {
  return (
    <div className="min-w-0">
      <Label name={name} label={label} />
      <input
        key={String(rest.defaultValue)}
        id={`filter-${name}`}
        name={name}
        autoComplete="off"
        spellCheck={false}
        className={control}
        {...rest}
      />
    </div>
  );
}

export function FilterSelect({ name, label, ...rest }: Named & ComponentProps<'select'>) {
  return (
    <div className="min-w-0">
      <Label name={name} label={label} />
      <select
        key={String(rest.defaultValue)}
        id={`filter-${name}`}
        name={name}
        className={control}
        {...rest}
      />
    </div>
  );
}
