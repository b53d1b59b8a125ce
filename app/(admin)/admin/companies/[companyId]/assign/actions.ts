'use server';

import { redirect } from 'next/navigation';
import { assignCompany } from '@/lib/companies/assign-company';
import { assignSchema } from '@/lib/companies/assign-schema';
import { personAction } from '@/lib/forms/action';

export const assign = personAction(assignSchema, async (actor, input, context) => {
  await assignCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=assigned`);
});
