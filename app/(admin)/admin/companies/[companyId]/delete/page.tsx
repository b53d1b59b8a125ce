import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActionPage } from '@/app/(admin)/admin/_components/page-head';
import { PointList } from '@/components/point-list';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { requireOperator } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { listDeletedWith } from '@/lib/companies/staff/get-company-detail';
import { getStaffCompany } from '@/lib/companies/staff/staff-company';
import { listText, localeFacts } from '@/messages/locales';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { getLocale } from '@/messages/server/request-locale';
import { DeleteForm } from './_components/delete-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminCompany');
  return { title: t('delete.meta') };
}

export default async function DeleteCompanyPage({
  params,
}: PageProps<'/admin/companies/[companyId]/delete'>) {
  const t = await getT('adminCompany');
  const { companyId } = await params;
  const path = `/admin/companies/${companyId}` as const;
  const actor = await requireOperator(`${path}/delete`, 'companies:write');
  const company = await getStaffCompany(actor, 'companies:write', companyId);
  if (!company) notFound();
  const below = await listDeletedWith(company);
  const locale = localeFacts(await getLocale());

  return (
    <GiveTexts areas={['adminCompany']}>
      <ActionPage
        back={{ href: path, text: company.name }}
        title={t('delete.title', { company: company.name })}
        lead={company.codatDeletedAt ? null : t('delete.lead')}
      >
        {company.codatDeletedAt ? (
          <Notice>
            <p>{t('delete.already')}</p>
          </Notice>
        ) : (
          <Card className="p-5 sm:p-7">
            <div className="grid gap-6 sm:grid-cols-2">
              <PointList
                kind="ends"
                title={t('delete.ends')}
                points={[
                  t('delete.ends1'),
                  t('delete.ends2', { brand: getBrand().name }),
                  t('delete.ends3'),
                  ...(below.length > 0
                    ? [
                        t('family.deletes', {
                          count: below.length,
                          names: listText(below, locale),
                        }),
                      ]
                    : []),
                ]}
              />
              <PointList
                kind="stays"
                title={t('delete.stays')}
                points={[t('delete.stays1'), t('delete.stays2')]}
              />
            </div>
            <DeleteForm companyId={company.id} name={company.name} />
          </Card>
        )}
      </ActionPage>
    </GiveTexts>
  );
}
