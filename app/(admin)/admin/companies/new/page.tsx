import type { Metadata } from 'next';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { Card } from '@/components/ui/card';
import { requireOperator } from '@/lib/auth/session';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { CreateForm } from './_components/create-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompany');
  return { title: t('new.title') };
}

export default async function NewCompanyPage() {
  const t = await getT('adminCompany');
  await requireOperator('/admin/companies/new', 'companies:write');
  return (
    <GiveTexts areas={['adminCompany']}>
      <ActionPage
        back={{ href: '/admin/companies', text: t('new.back') }}
        title={t('new.title')}
        lead={t('new.lead')}
      >
        <Card className="p-5 sm:p-7">
          <CreateForm companyId={crypto.randomUUID()} />
        </Card>
      </ActionPage>
    </GiveTexts>
  );
}
