'use server';

import { personAction } from '@/lib/forms/action';
import { copyLink } from '@/lib/linking/copy-link';
import { copyLinkSchema } from '@/lib/linking/copy-schema';

export const copy = personAction(copyLinkSchema, async (actor, input, context) => {
  const { url, oneTime } = await copyLink(actor, input, context);
  const messageKey = `adminCompany.link.${oneTime ? 'readyOnce' : 'readyMany'}`;
  const values = { connectionId: input.connectionId ?? '' };
  return { status: 'done', message: { messageKey }, once: url, values };
});
