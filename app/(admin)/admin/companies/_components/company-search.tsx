import { Search } from 'lucide-react';
import Link from 'next/link';
import { Button, buttonStyle } from '@/components/ui/button';
import { inputStyle } from '@/components/ui/field';
import type { CompanyListInput } from '@/lib/companies/schemas';
import { translator } from '@/messages/translator';
import { listHref } from './list-href';

const t = translator('admin');

export function CompanySearch({ input }: { input: CompanyListInput }) {
  return (
    <search className="w-full sm:w-auto">
      <form action="/admin/companies" className="flex flex-wrap gap-2">
        {input.status ? <input type="hidden" name="status" value={input.status} /> : null}
        <div className="relative min-w-0 flex-1 sm:w-72">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint"
          />
          <input
            key={input.q}
            type="search"
            name="q"
            defaultValue={input.q}
            aria-label={t('companies.searchLabel')}
            placeholder={t('companies.searchPlaceholder')}
            maxLength={200}
            className={`${inputStyle} min-h-10 py-1.5 pl-9 sm:text-[0.9375rem]`}
          />
        </div>
        <Button type="submit" size="small" className="min-h-10">
          {t('companies.searchSubmit')}
        </Button>
        {input.q ? (
          <Link
            href={listHref({ status: input.status })}
            className={buttonStyle({ look: 'quiet', size: 'small', className: 'min-h-10' })}
          >
            {t('companies.clear')}
          </Link>
        ) : null}
      </form>
    </search>
  );
}
