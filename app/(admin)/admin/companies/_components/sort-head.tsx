import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useT } from '#i18n';
import {
  type CompanyListInput,
  type CompanyOrder,
  type CompanySort,
  companyOrders,
} from '@/lib/companies/list/schemas';
import { companiesHref } from './companies-href';

/** Which end of a column comes first when one begins to sort by it: what one most likely looks for. */
const firstSort: Record<CompanyOrder, CompanySort> = {
  name: 'name',
  owner: 'owner',
  state: 'state',
  since: 'since',
  connections: '-connections',
  created: '-created',
};

/** The columns' names, which sort the list. On a phone they are in a row above the cards. */
export function SortHead({ input }: { input: CompanyListInput }) {
  const t = useT('adminCompanies');
  return (
    <thead className="max-xl:block">
      <tr className="border-b border-line text-start text-xs text-ink-faint max-xl:flex max-xl:flex-wrap max-xl:items-center max-xl:px-1.5 max-xl:py-1">
        <td className="pe-1 ps-2.5 whitespace-nowrap xl:hidden">{t('table.sortBy')}</td>
        {companyOrders.map((order) => (
          <Column key={order} order={order} input={input} />
        ))}
        <th scope="col" className="font-medium whitespace-nowrap max-xl:hidden xl:px-2.5">
          <span className="px-1.5">{t('table.checked')}</span>
        </th>
      </tr>
    </thead>
  );
}

function Column({ order, input }: { order: CompanyOrder; input: CompanyListInput }) {
  const t = useT('adminCompanies');
  const isAscending = input.sort === order;
  const isDescending = input.sort === `-${order}`;
  const opposite: CompanySort = isAscending ? `-${order}` : order;
  const next = isAscending || isDescending ? opposite : firstSort[order];
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isAscending ? 'ascending' : isDescending ? 'descending' : undefined}
      className="font-medium whitespace-nowrap xl:px-2.5"
    >
      <Link
        href={companiesHref(input, { sort: next })}
        prefetch={false}
        scroll={false}
        className="group/sort inline-flex min-h-9 items-center gap-1 rounded-md px-1.5 hover:text-ink"
      >
        {t(`table.${order}`)}
        <Arrow
          aria-hidden="true"
          className={
            isAscending || isDescending
              ? 'size-3.5 text-ink'
              : 'size-3.5 opacity-0 group-hover/sort:opacity-60 max-xl:hidden'
          }
        />
      </Link>
    </th>
  );
}
