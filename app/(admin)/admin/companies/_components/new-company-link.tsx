import { Plus } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import { t } from '@/messages/admin-company';

export function NewCompanyLink() {
  return (
    <Link
      href="/admin/companies/new"
      className={buttonStyle({ size: 'small', className: 'min-h-10' })}
    >
      <Plus className="size-4" aria-hidden="true" />
      {t('new.title')}
    </Link>
  );
}
