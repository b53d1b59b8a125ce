'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { renameSchema, tagSchema } from '@/lib/companies/staff/edit-schemas';
import { renameCompany } from '@/lib/companies/staff/rename-company';
import { tagCompany } from '@/lib/companies/staff/tag-company';
import { personAction } from '@/lib/web/action';

export const rename = personAction(renameSchema, async (actor, input, context) => {
  await renameCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=renamed`);
});

export const tag = personAction(tagSchema, async (actor, input, context) => {
  await tagCompany(actor, input, context).catch((error: unknown) => {
    // It may be that others changed them: the form starts again from how they stand.
    revalidatePath(`/admin/companies/${input.companyId}/edit`);
    throw error;
  });
  redirect(`/admin/companies/${input.companyId}?done=tagged`);
});
