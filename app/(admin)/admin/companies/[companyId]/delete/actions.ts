'use server';

import { redirect } from 'next/navigation';
import { deleteCompany } from '@/lib/companies/staff/delete-company';
import { deleteCompanySchema } from '@/lib/companies/staff/delete-schema';
import { personAction } from '@/lib/web/action';

export const removeCompany = personAction(deleteCompanySchema, async (actor, input, context) => {
  await deleteCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=deleted`);
});
