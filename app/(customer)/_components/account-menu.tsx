import { Building2, Settings2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useT } from '#i18n';
import { selectCompany, signOut } from '@/app/(customer)/actions';
import { menuItemStyle, UserMenu } from '@/components/shell/user-menu';

type Props = {
  name: string;
  email: string;
  /** Name of the business that the page is about. */
  company: string;
  /** The person's other businesses. */
  others: { id: string; name: string }[];
  accountHref: Route;
  staff: boolean;
};

export function AccountMenu({ name, email, company, others, accountHref, staff }: Props) {
  const t = useT('layout');
  return (
    <>
      <span className="hidden max-w-56 truncate text-[0.9375rem] text-ink-muted md:block">
        {company}
      </span>
      <UserMenu name={name} email={email} signOut={signOut} accountHref={accountHref}>
        <p className="flex items-start gap-2.5 px-3 py-2 text-[0.9375rem] md:hidden">
          <Building2 className="mt-1 size-4 shrink-0 text-ink-faint" aria-hidden="true" />
          <span className="line-clamp-2 min-w-0 break-words">{company}</span>
        </p>
        {others.length > 0 ? (
          <form action={selectCompany} className="border-b border-line pb-1.5">
            <p className="px-3 py-1 text-xs text-ink-faint">{t('account.switchTo')}</p>
            {others.map((other) => (
              <button
                key={other.id}
                type="submit"
                name="companyId"
                value={other.id}
                className={menuItemStyle}
              >
                <Building2 className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
                <span className="truncate">{other.name}</span>
              </button>
            ))}
          </form>
        ) : null}
        {staff ? (
          <Link href="/admin/companies" className={menuItemStyle}>
            <Settings2 className="size-4 text-ink-faint" aria-hidden="true" />
            <span>{t('account.toAdmin')}</span>
          </Link>
        ) : null}
      </UserMenu>
    </>
  );
}
