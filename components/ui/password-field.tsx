'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useT } from '#i18n';
import { useHydrated } from '@/components/use-hydrated';
import { cn } from './cn';
import { describedBy, Field, inputStyle } from './field';

type Props = {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  autoComplete: 'current-password' | 'new-password';
};

export function PasswordField({ name, label, hint, error, autoComplete }: Props) {
  const t = useT('auth');
  const [shown, setShown] = useState(false);
  const hydrated = useHydrated();
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          id={name}
          name={name}
          type={shown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          required
          aria-describedby={describedBy(name, Boolean(hint), Boolean(error))}
          aria-invalid={error ? true : undefined}
          className={cn(inputStyle, hydrated && 'pe-12')}
        />
        {hydrated ? (
          <button
            type="button"
            aria-pressed={shown}
            aria-label={t('fields.showPassword')}
            title={t(shown ? 'fields.hidePassword' : 'fields.showPassword')}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-0 grid w-11 place-items-center rounded-lg text-ink-faint hover:text-ink"
          >
            <Icon className="size-5" aria-hidden="true" />
          </button>
        ) : null}
      </div>
    </Field>
  );
}
