'use server';

import { redirect } from 'next/navigation';
import { personAction } from '@/lib/action';
import { disconnect as disconnectUseCase } from '@/lib/connections/disconnect';
import { disconnectSchema } from '@/lib/connections/disconnect-schema';

export const disconnect = personAction(disconnectSchema, async (actor, { connectionId }) => {
  await disconnectUseCase(actor, connectionId);
  redirect(`/connections?disconnected=${connectionId}`);
});
