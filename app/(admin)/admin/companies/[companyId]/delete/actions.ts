'use server';

import { redirect } from 'next/navigation';
import { deleteCompany } from '@/lib/companies/delete-company';
import { deleteCompanySchema } from '@/lib/companies/delete-schema';
import { personAction } from '@/lib/forms/action';

export const removeCompany = personAction(deleteCompanySchema, async (actor, input, context) => {
  await deleteCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=deleted`);
});
