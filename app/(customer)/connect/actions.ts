'use server';

import { redirect } from 'next/navigation';
import { startLinkSchema } from '@/lib/linking/schemas';
import { startLink as startLinkUseCase } from '@/lib/linking/start-link';
import { personAction } from '@/lib/web/action';

export const startLink = personAction(startLinkSchema, async (actor, input, context) => {
  const handOff = await startLinkUseCase(actor, input, context);
  if (handOff !== 'consent-needed') redirect(handOff.url);
  const target = input.connectionId ? `?connection=${input.connectionId}` : '';
  redirect(`/connect${target}`);
});
