'use server';

import { redirect } from 'next/navigation';
import { disconnect as disconnectUseCase } from '@/lib/connections/disconnect';
import { disconnectSchema } from '@/lib/connections/disconnect-schema';
import { personAction } from '@/lib/web/action';

export const disconnect = personAction(disconnectSchema, async (actor, { connectionId }) => {
  await disconnectUseCase(actor, connectionId);
  redirect(`/connections?disconnected=${connectionId}`);
});
