'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { hrefOf } from '@/components/href';
import { startLinkSchema } from '@/lib/linking/schemas';
import { startLink as startLinkUseCase } from '@/lib/linking/start-link';
import { personAction } from '@/lib/web/action';

export const startLink = personAction(startLinkSchema, async (actor, input, context) => {
  const handOff = await startLinkUseCase(actor, input, context);
  if (handOff !== 'consent-needed') redirect(handOff.url as Route);
  redirect(hrefOf('/connect', { connection: input.connectionId }));
});
