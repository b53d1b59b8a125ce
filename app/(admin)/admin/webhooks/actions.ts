'use server';

import { refresh } from 'next/cache';
import { personAction } from '@/lib/web/action';
import { reprocessEvents } from '@/lib/webhooks/room/reprocess-events';
import { reprocessSchema } from '@/lib/webhooks/room/schemas';
import { getT } from '@/messages/server/get-t';

export const reprocess = personAction(reprocessSchema, async (actor, chosen, context) => {
  const t = await getT('webhooks');
  const { count, left } = await reprocessEvents(actor, chosen, context);
  refresh();
  return { status: 'done', message: t(left ? 'again.doneLeft' : 'again.done', { count }) };
});
