import { Building2, Settings2 } from 'lucide-react';
import Link from 'next/link';
import { useT } from '#i18n';
import { selectCompany, signOut } from '@/app/(customer)/actions';
import { menuItemStyle, UserMenu } from '@/components/shell/user-menu';

type Props = {
  name: string;
  email: string;
  companies: { id: string; name: string }[];
  companyId: string;
  staff: boolean;
};

export function AccountMenu({ name, email, companies, companyId, staff }: Props) {
  const t = useT('layout');
  const current = companies.find(({ id }) => id === companyId);
  const others = companies.filter(({ id }) => id !== companyId);
  return (
    <>
      <span className="hidden max-w-56 truncate text-[0.9375rem] text-ink-muted md:block">
        {current?.name}
      </span>
      <UserMenu name={name} email={email} signOut={signOut}>
        <p className="flex items-start gap-2.5 px-3 py-2 text-[0.9375rem] md:hidden">
          <Building2 className="mt-1 size-4 shrink-0 text-ink-faint" aria-hidden="true" />
          <span className="line-clamp-2 min-w-0 break-words">{current?.name}</span>
        </p>
        {others.length > 0 ? (
          <form action={selectCompany} className="border-b border-line pb-1.5">
            <p className="px-3 py-1 text-xs text-ink-faint">{t('account.switchTo')}</p>
            {others.map((company) => (
              <button
                key={company.id}
                type="submit"
                name="companyId"
                value={company.id}
                className={menuItemStyle}
              >
                <Building2 className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
                <span className="truncate">{company.name}</span>
              </button>
            ))}
          </form>
        ) : null}
        {staff ? (
          <Link href="/admin/companies" className={menuItemStyle}>
            <Settings2 className="size-4 text-ink-faint" aria-hidden="true" />
            {t('account.toAdmin')}
          </Link>
        ) : null}
      </UserMenu>
    </>
  );
}
