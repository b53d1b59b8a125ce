import type { Metadata } from 'next';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { Card } from '@/components/ui/card';
import { requireOperator } from '@/lib/auth/session';
import { t } from '@/messages/admin-company';
import { CreateForm } from './_components/create-form';

export const metadata: Metadata = { title: t('new.title') };

export default async function NewCompanyPage() {
  await requireOperator('/admin/companies/new', 'companies:write');
  return (
    <ActionPage
      back={{ href: '/admin/companies', text: t('new.back') }}
      title={t('new.title')}
      lead={t('new.lead')}
    >
      <Card className="p-5 sm:p-7">
        <CreateForm companyId={crypto.randomUUID()} />
      </Card>
    </ActionPage>
  );
}
