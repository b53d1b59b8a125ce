'use server';

import { refresh } from 'next/cache';
import { personAction } from '@/lib/web/action';
import { reprocessEvents } from '@/lib/webhooks/room/reprocess-events';
import { reprocessSchema, settleSchema } from '@/lib/webhooks/room/schemas';
import { settleEvents } from '@/lib/webhooks/room/settle-events';
import { getT } from '@/messages/server/get-t';

export const reprocess = personAction(reprocessSchema, async (actor, chosen, context) => {
  const t = await getT('webhooks');
  const { count, left } = await reprocessEvents(actor, chosen, context);
  refresh();
  return { status: 'done', message: t(left ? 'again.doneLeft' : 'again.done', { count }) };
});

export const settle = personAction(settleSchema, async (actor, { chosen, reason }, context) => {
  const t = await getT('webhooks');
  const { count, left } = await settleEvents(actor, chosen, reason, context);
  refresh();
  return { status: 'done', message: t(left ? 'settle.doneLeft' : 'settle.done', { count }) };
});
