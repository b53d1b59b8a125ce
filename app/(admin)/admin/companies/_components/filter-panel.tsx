import { ChevronDown, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { Disclosure } from '@/components/shell/disclosure';
import { statusText } from '@/components/status/connection-status';
import { Button, buttonStyle } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Field, inputStyle, TextField } from '@/components/ui/field';
import { type CompanyListInput, sinceDays } from '@/lib/companies/list/schemas';
import { connectionStatuses } from '@/lib/connections/schemas';
import { t } from '@/messages/admin-companies';
import { type Platform, sourceTypes, sourceTypeText } from './filter-names';
import { ListForm } from './list-form';
import { listParams } from './list-href';

const inPanel = ['connection', 'platform', 'type', 'since', 'from', 'to', 'tag'] as const;
const control = cn(inputStyle, 'min-h-10 py-1.5 sm:text-[0.9375rem]');

type Props = { input: CompanyListInput; platforms: Platform[] };

/** What the list can be narrowed down by, besides words and kinds. */
export function FilterPanel({ input, platforms }: Props) {
  const active = inPanel.filter((name) => input[name]).length;
  const rest = { ...input, after: undefined, before: undefined };
  for (const name of inPanel) Object.assign(rest, { [name]: undefined });
  return (
    <Disclosure
      className="group sm:relative"
      summary={
        <summary
          className={buttonStyle({
            size: 'small',
            className: 'min-h-10 list-none group-open:bg-sunken',
          })}
        >
          <ListFilter className="size-4" aria-hidden="true" />
          {t('filters.open')}
          {active > 0 ? (
            <span className="rounded-full bg-sunken px-1.5 text-xs tabular-nums group-open:bg-surface">
              {active}
              <span className="sr-only"> {t('filters.active')}</span>
            </span>
          ) : null}
          <ChevronDown
            className="size-4 text-ink-faint motion-safe:transition-transform group-open:rotate-180"
            aria-hidden="true"
          />
        </summary>
      }
    >
      <div
        key={JSON.stringify(inPanel.map((name) => input[name]))}
        className="z-20 mt-2 rounded-xl border border-line bg-surface p-4 max-sm:absolute max-sm:inset-x-0 sm:absolute sm:right-0 sm:w-120 shadow-float"
      >
        <ListForm className="grid gap-4 sm:grid-cols-2">
          {listParams(rest).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Choice
            name="connection"
            value={input.connection}
            options={connectionStatuses.map((status) => [status, statusText(status)])}
          />
          <Choice
            name="platform"
            value={input.platform}
            options={platforms.map(({ key, name }) => [key, name])}
          />
          <Choice
            name="type"
            value={input.type}
            options={sourceTypes.map((type) => [type, sourceTypeText(type)])}
          />
          <Choice
            name="since"
            value={input.since}
            options={sinceDays.map((days) => [
              days,
              t('filters.sinceOption', { days: Number(days) }),
            ])}
          />
          <Day name="from" value={input.from} />
          <Day name="to" value={input.to} />
          <div className="sm:col-span-2">
            <TextField
              name="tag"
              label={t('filters.tag')}
              hint={t('filters.tagHint')}
              defaultValue={input.tag}
              maxLength={150}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="min-h-10 py-1.5 sm:text-[0.9375rem]"
            />
          </div>
          <div className="flex justify-end sm:col-span-2">
            <Button type="submit" look="primary" size="small" className="min-h-10">
              {t('filters.apply')}
            </Button>
          </div>
        </ListForm>
      </div>
    </Disclosure>
  );
}

type ChoiceProps = {
  name: 'connection' | 'platform' | 'type' | 'since';
  value: string | undefined;
  options: [value: string, text: string][];
};

/** A value from the address that is none of the choices stays one. */
function Choice({ name, value, options }: ChoiceProps): ReactNode {
  const isOdd = value !== undefined && !options.some(([one]) => one === value);
  return (
    <Field id={name} label={t(`filters.${name}`)}>
      <select id={name} name={name} defaultValue={value ?? ''} className={control}>
        <option value="">{t('filters.any')}</option>
        {isOdd ? <option value={value}>{value}</option> : null}
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Day({ name, value }: { name: 'from' | 'to'; value: string | undefined }) {
  return (
    <TextField
      type="date"
      name={name}
      label={t(`filters.${name}`)}
      hint={t('filters.dayHint')}
      defaultValue={value}
      className="min-h-10 py-1.5 sm:text-[0.9375rem]"
    />
  );
}
