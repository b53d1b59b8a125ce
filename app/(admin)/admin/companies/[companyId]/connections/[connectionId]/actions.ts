'use server';

import { redirect } from 'next/navigation';
import {
  companyConnectionSchema,
  removeConnectionSchema,
} from '@/lib/companies/connection-schemas';
import { disconnectConnection } from '@/lib/companies/disconnect-connection';
import { removeConnection } from '@/lib/companies/remove-connection';
import { personAction } from '@/lib/forms/action';

export const disconnect = personAction(companyConnectionSchema, async (actor, input, context) => {
  await disconnectConnection(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=disconnected`);
});

export const remove = personAction(removeConnectionSchema, async (actor, input, context) => {
  await removeConnection(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=removed`);
});
