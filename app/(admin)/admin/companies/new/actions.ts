'use server';

import { redirect } from 'next/navigation';
import { createCompanySchema } from '@/lib/companies/schemas';
import { createCompany } from '@/lib/companies/staff/create-company';
import { personAction } from '@/lib/web/action';

export const create = personAction(createCompanySchema, async (actor, input, context) => {
  await createCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=created`);
});
