'use server';

import { revalidatePath } from 'next/cache';
import { companySchema } from '@/lib/companies/company-schema';
import { rereadCompany } from '@/lib/companies/reread-company';
import { personAction } from '@/lib/forms/action';
import { changeNotes } from './_components/change-notes';

export const reread = personAction(companySchema, async (actor, { companyId }, context) => {
  const changes = await rereadCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  const messageKey =
    changes.length > 0 ? 'adminCompany.reread.changed' : 'adminCompany.reread.same';
  return { status: 'done', message: { messageKey }, notes: changeNotes(changes) };
});
