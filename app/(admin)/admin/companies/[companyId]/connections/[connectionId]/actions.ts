'use server';

import { redirect } from 'next/navigation';
import { disconnectConnection } from '@/lib/connections/disconnect-connection';
import { removeConnection } from '@/lib/connections/remove-connection';
import { companyConnectionSchema, removeConnectionSchema } from '@/lib/connections/staff-schemas';
import { personAction } from '@/lib/web/action';

export const disconnect = personAction(companyConnectionSchema, async (actor, input, context) => {
  await disconnectConnection(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=disconnected`);
});

export const remove = personAction(removeConnectionSchema, async (actor, input, context) => {
  await removeConnection(actor, input, context);
  redirect(`/admin/companies/${input.companyId}?done=removed`);
});
