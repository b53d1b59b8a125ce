'use server';

import { revalidatePath } from 'next/cache';
import { retrySetup } from '@/lib/companies/provision/retry-setup';
import { companySchema } from '@/lib/companies/staff/company-schema';
import { ignoreCompany, takeBackCompany } from '@/lib/companies/staff/ignore-company';
import { rereadCompany } from '@/lib/companies/staff/reread-company';
import { personAction } from '@/lib/web/action';
import { t } from '@/messages/admin-company';
import { changeNotes } from './_components/change-notes';

export const reread = personAction(companySchema, async (actor, { companyId }, context) => {
  const changes = await rereadCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  const message = t(changes.length > 0 ? 'reread.changed' : 'reread.same');
  return { status: 'done', message, notes: changeNotes(changes) };
});

export const retry = personAction(companySchema, async (actor, { companyId }, context) => {
  const outcome = await retrySetup(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: t(`setup.${outcome}`) };
});

export const ignore = personAction(companySchema, async (actor, { companyId }, context) => {
  await ignoreCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: t('unassigned.ignored') };
});

export const takeBack = personAction(companySchema, async (actor, { companyId }, context) => {
  await takeBackCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: t('unassigned.takenBack') };
});
