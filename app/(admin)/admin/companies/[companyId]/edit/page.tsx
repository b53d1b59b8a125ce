import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { requireOperator } from '@/lib/auth/session';
import { reservedTag, tagLimits } from '@/lib/codat/tags';
import { getStaffCompany } from '@/lib/companies/staff/staff-company';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { RenameForm, TagForm } from './_components/edit-forms';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompany');
  return { title: t('edit.meta') };
}

export default async function EditCompanyPage({
  params,
}: PageProps<'/admin/companies/[companyId]/edit'>) {
  const t = await getT('adminCompany');
  const { companyId } = await params;
  const path = `/admin/companies/${companyId}` as const;
  const actor = await requireOperator(`${path}/edit`, 'companies:write');
  const company = await getStaffCompany(actor, 'companies:write', companyId);
  if (!company) notFound();

  const { [reservedTag]: reserved, ...tags } = company.tags;
  const atCodat = company.codatCompanyId !== null && company.codatDeletedAt === null;
  return (
    <GiveTexts areas={['adminCompany']}>
      <ActionPage
        back={{ href: path, text: company.name }}
        title={t('edit.title')}
        lead={t('edit.lead')}
      >
        {atCodat ? (
          <div className="space-y-4">
            <Card className="p-5 sm:p-7">
              <RenameForm
                companyId={company.id}
                name={company.name}
                found={company.origin === 'codat'}
              />
            </Card>
            <Card className="p-5 sm:p-7">
              <TagForm
                companyId={company.id}
                tags={tags}
                count={tagLimits.count - (reserved === undefined ? 0 : 1)}
              />
            </Card>
          </div>
        ) : (
          <Notice tone={company.codatDeletedAt ? 'bad' : 'wait'}>
            <p>{t(company.codatDeletedAt ? 'edit.deleted' : 'edit.notSetUp')}</p>
          </Notice>
        )}
      </ActionPage>
    </GiveTexts>
  );
}
