import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

export const inputStyle =
  'block w-full min-h-11 rounded-lg border border-line-strong bg-surface px-3 py-2 text-base text-ink placeholder:text-ink-faint aria-invalid:border-bad';

type FieldProps = {
  id: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
};

/** Label above, hint and error tied to the control by `describedBy`. */
export function Field({ id, label, hint, error, children }: FieldProps) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-[0.9375rem] font-medium">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-ink-muted">
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-sm font-medium text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** `aria-describedby` of a control inside a `Field`. */
export function describedBy(id: string, hint: boolean, error: boolean): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

type TextFieldProps = ComponentProps<'input'> &
  Pick<FieldProps, 'label' | 'hint' | 'error'> & { name: string };

/** Its id is its name, unless the page has several of that name. */
export function TextField({ label, hint, error, name, id, className, ...rest }: TextFieldProps) {
  const ownId = id ?? name;
  return (
    <Field id={ownId} label={label} hint={hint} error={error}>
      <input
        id={ownId}
        name={name}
        aria-describedby={describedBy(ownId, Boolean(hint), Boolean(error))}
        aria-invalid={error ? true : undefined}
        className={cn(inputStyle, className)}
        {...rest}
      />
    </Field>
  );
}

type CheckFieldProps = { name: string; children: ReactNode };

/** A box to tick, as large as its text. */
export function CheckField({ name, children }: CheckFieldProps) {
  return (
    <label className="flex gap-3 rounded-lg border border-line p-3.5 text-[0.9375rem] hover:border-line-strong">
      <input
        id={name}
        type="checkbox"
        name={name}
        value="yes"
        required
        className="mt-0.5 size-5 shrink-0 accent-(--accent)"
      />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
