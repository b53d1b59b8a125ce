'use server';

import { revalidatePath } from 'next/cache';
import { companySchema } from '@/lib/companies/company-schema';
import { ignoreCompany, takeBackCompany } from '@/lib/companies/ignore-company';
import { rereadCompany } from '@/lib/companies/reread-company';
import { retrySetup } from '@/lib/companies/retry-setup';
import { personAction } from '@/lib/forms/action';
import { changeNotes } from './_components/change-notes';

export const reread = personAction(companySchema, async (actor, { companyId }, context) => {
  const changes = await rereadCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  const messageKey =
    changes.length > 0 ? 'adminCompany.reread.changed' : 'adminCompany.reread.same';
  return { status: 'done', message: { messageKey }, notes: changeNotes(changes) };
});

export const retry = personAction(companySchema, async (actor, { companyId }, context) => {
  const outcome = await retrySetup(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: { messageKey: `adminCompany.setup.${outcome}` } };
});

export const ignore = personAction(companySchema, async (actor, { companyId }, context) => {
  await ignoreCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: { messageKey: 'adminCompany.unassigned.ignored' } };
});

export const takeBack = personAction(companySchema, async (actor, { companyId }, context) => {
  await takeBackCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: { messageKey: 'adminCompany.unassigned.takenBack' } };
});
