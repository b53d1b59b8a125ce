'use server';

import { redirect } from 'next/navigation';
import { acceptInviteSchema } from '@/lib/auth/schemas';
import { setSessionCookie } from '@/lib/auth/session-cookie';
import { acceptStaffInvite } from '@/lib/auth/staff/staff-invites';
import { publicAction } from '@/lib/web/action';

export const acceptInvite = publicAction(acceptInviteSchema, async (input, context) => {
  await setSessionCookie(await acceptStaffInvite(input, context));
  redirect('/admin');
});
