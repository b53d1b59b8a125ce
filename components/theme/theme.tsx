'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { ThemeProvider as NextThemes, useTheme } from 'next-themes';
import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { useHydrated } from '@/components/use-hydrated';

const choices = [
  { value: 'system', Icon: Monitor },
  { value: 'light', Icon: Sun },
  { value: 'dark', Icon: Moon },
] as const;

/** Without scripts the system's choice holds, so there is nothing to switch. */
export function ThemeSwitch() {
  const t = useT('layout');
  const hydrated = useHydrated();
  const { theme, setTheme } = useTheme();
  if (!hydrated) return <div className="h-9" aria-hidden="true" />;

  return (
    <fieldset className="inline-flex w-fit rounded-lg border border-line bg-surface p-0.5">
      <legend className="sr-only">{t('theme.label')}</legend>
      {choices.map(({ value, Icon }) => (
        <label
          key={value}
          title={t(`theme.${value}`)}
          className="grid size-8 cursor-pointer place-items-center rounded-md text-ink-faint hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent-line"
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={theme === value}
            onChange={() => setTheme(value)}
            className="sr-only"
          />
          <Icon className="size-4" aria-hidden="true" />
          <span className="sr-only">{t(`theme.${value}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <NextThemes
      attribute="data-theme"
      defaultTheme="system"
      enableColorScheme={false}
      {...(nonce ? { nonce } : {})}
    >
      {children}
    </NextThemes>
  );
}
