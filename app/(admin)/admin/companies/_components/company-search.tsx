'use client';

import { LoaderCircle, Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';
import { useT } from '#i18n';
import { firstPage, paramsOf } from '@/components/href';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { inputStyle } from '@/components/ui/field';
import type { CompanyListInput } from '@/lib/companies/list/schemas';
import { companiesHref, plainList } from './companies-href';

/** Long enough not to ask for every letter, short enough not to be waited for. */
const pauseMs = 250;

/** Searches while one types; without scripts it is a form like any other. */
export function CompanySearch({ input }: { input: CompanyListInput }) {
  const t = useT('adminCompanies');
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(input.q);

  // The words in the address changed by another way than this field: a link, or going back.
  useEffect(() => {
    if (input.q === asked.current) return;
    asked.current = input.q;
    if (field.current) field.current.value = input.q;
  }, [input.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = () => {
    clearTimeout(timer.current);
    const q = field.current?.value.trim() ?? '';
    if (q === asked.current) return;
    asked.current = q;
    startTransition(() => router.replace(companiesHref(input, { q }), { scroll: false }));
  };

  const others = paramsOf(firstPage({ ...input, q: '' }), plainList);
  const Icon = isPending ? LoaderCircle : Search;
  return (
    <search className="min-w-0 flex-1 max-sm:basis-full">
      <form
        action="/admin/companies"
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        {others.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div className="relative min-w-0 flex-1">
          <Icon
            aria-hidden="true"
            className={cn(
              'pointer-events-none absolute top-1/2 start-3 size-4 -translate-y-1/2 text-ink-faint',
              isPending && 'motion-safe:animate-spin',
            )}
          />
          <input
            ref={field}
            type="search"
            name="q"
            defaultValue={input.q}
            onInput={() => {
              clearTimeout(timer.current);
              timer.current = setTimeout(search, pauseMs);
            }}
            aria-label={t('search.label')}
            placeholder={t('search.placeholder')}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className={cn(inputStyle, 'min-h-10 py-1.5 ps-9 sm:text-[0.9375rem]')}
          />
        </div>
        <Button type="submit" size="small" className="min-h-10 max-sm:hidden">
          {t('search.submit')}
        </Button>
      </form>
    </search>
  );
}
