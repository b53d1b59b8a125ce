'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { retrySetup } from '@/lib/companies/provision/retry-setup';
import {
  assignSchema,
  companySchema,
  deleteCompanySchema,
  renameSchema,
  tagSchema,
} from '@/lib/companies/schemas';
import { assignCompany } from '@/lib/companies/staff/assign-company';
import { deleteCompany } from '@/lib/companies/staff/delete-company';
import { renameCompany, tagCompany } from '@/lib/companies/staff/edit-company';
import { ignoreCompany, takeBackCompany } from '@/lib/companies/staff/ignore-company';
import { rereadCompany } from '@/lib/companies/staff/reread-company';
import { disconnectConnection } from '@/lib/connections/disconnect';
import { removeConnection } from '@/lib/connections/remove-connection';
import { companyConnectionSchema, removeConnectionSchema } from '@/lib/connections/schemas';
import { copyLink } from '@/lib/linking/copy-link';
import { copyLinkSchema } from '@/lib/linking/schemas';
import { personAction } from '@/lib/web/action';
import { getT } from '@/messages/server/get-t';
import { changeNotes } from './_components/company-text';

export const reread = personAction(companySchema, async (actor, { companyId }, context) => {
  const t = await getT('adminCompany');
  const connectionsText = await getT('connections');
  const changes = await rereadCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  const message = t(changes.length > 0 ? 'reread.changed' : 'reread.same');
  return { status: 'done', message, notes: changeNotes(t, connectionsText, changes) };
});

export const retry = personAction(companySchema, async (actor, { companyId }, context) => {
  const t = await getT('adminCompany');
  const outcome = await retrySetup(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: t(`setup.${outcome}`) };
});

export const ignore = personAction(companySchema, async (actor, { companyId }, context) => {
  const t = await getT('adminCompany');
  await ignoreCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: t('unassigned.ignored') };
});

export const takeBack = personAction(companySchema, async (actor, { companyId }, context) => {
  const t = await getT('adminCompany');
  await takeBackCompany(actor, companyId, context);
  revalidatePath(`/admin/companies/${companyId}`);
  return { status: 'done', message: t('unassigned.takenBack') };
});

export const rename = personAction(renameSchema, async (actor, input, context) => {
  await renameCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=renamed`);
});

export const tag = personAction(tagSchema, async (actor, input, context) => {
  await tagCompany(actor, input, context).catch((error: unknown) => {
    // Others may have changed them: the form starts again from the current tags.
    revalidatePath(`/admin/companies/${input.companyId}/edit`);
    throw error;
  });
  redirect(`/admin/companies/${input.companyId}?done=tagged`);
});

export const assign = personAction(assignSchema, async (actor, input, context) => {
  await assignCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=assigned`);
});

export const copy = personAction(copyLinkSchema, async (actor, input, context) => {
  const t = await getT('adminCompany');
  const { url, oneTime } = await copyLink(actor, input, context);
  const message = t(oneTime ? 'link.readyOnce' : 'link.readyMany');
  const values = { connectionId: input.connectionId ?? '' };
  return { status: 'done', message, once: url, values };
});

export const removeCompany = personAction(deleteCompanySchema, async (actor, input, context) => {
  await deleteCompany(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=deleted`);
});

export const disconnect = personAction(companyConnectionSchema, async (actor, input, context) => {
  await disconnectConnection(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=disconnected`);
});

export const remove = personAction(removeConnectionSchema, async (actor, input, context) => {
  await removeConnection(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=removed`);
});
