'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { fixCodatSetup } from '@/lib/operations/checks/fix-codat-setup';
import { checkAgain as checkAgainUseCase } from '@/lib/operations/checks/refresh-checks';
import { agreeSchema } from '@/lib/operations/codat-setup/kept-plan';
import {
  inviteUrlSchema,
  saveInviteUrl as saveInviteUrlUseCase,
} from '@/lib/settings/link-settings';
import { personAction } from '@/lib/web/action';
import { z } from '@/lib/zod';

export const checkAgain = personAction(z.object({}), async (actor) => {
  await checkAgainUseCase(actor);
  redirect('/admin/settings?done=checked');
});

export const setUpCodat = personAction(agreeSchema, async (actor, { plan }, context) => {
  // Also when it is refused: the page then shows what is to be done now.
  const ending = fixCodatSetup(actor, plan, context);
  const { hasNewSecret } = await ending.finally(() => revalidatePath('/admin/settings'));
  redirect(`/admin/settings?done=${hasNewSecret ? 'secret' : 'setup'}`);
});

export const saveInviteUrl = personAction(inviteUrlSchema, async (actor, input, context) => {
  await saveInviteUrlUseCase(actor, input, context);
  redirect('/admin/settings?done=invite#invite-url');
});
