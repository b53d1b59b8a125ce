'use server';

import { redirect } from 'next/navigation';
import { assignCompany } from '@/lib/companies/staff/assign-company';
import { assignSchema } from '@/lib/companies/staff/assign-schema';
import { personAction } from '@/lib/web/action';

export const assign = personAction(assignSchema, async (actor, input, context) => {
  await assignCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=assigned`);
});
