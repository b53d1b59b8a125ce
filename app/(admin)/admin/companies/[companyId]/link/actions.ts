'use server';

import { copyLink } from '@/lib/linking/copy-link';
import { copyLinkSchema } from '@/lib/linking/copy-schema';
import { personAction } from '@/lib/web/action';
import { t } from '@/messages/admin-company';

export const copy = personAction(copyLinkSchema, async (actor, input, context) => {
  const { url, oneTime } = await copyLink(actor, input, context);
  const message = t(oneTime ? 'link.readyOnce' : 'link.readyMany');
  const values = { connectionId: input.connectionId ?? '' };
  return { status: 'done', message, once: url, values };
});
