'use server';

import { refresh } from 'next/cache';
import { personAction } from '@/lib/forms/action';
import { reprocessEvents } from '@/lib/webhooks/reprocess-events';
import { reprocessSchema } from '@/lib/webhooks/schemas';

export const reprocess = personAction(reprocessSchema, async (actor, chosen, context) => {
  const { count, left } = await reprocessEvents(actor, chosen, context);
  refresh();
  const messageKey = left ? 'webhooks.again.doneLeft' : 'webhooks.again.done';
  return { status: 'done', message: { messageKey, params: { count } } };
});
