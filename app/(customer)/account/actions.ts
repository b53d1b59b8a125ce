'use server';

import { redirect } from 'next/navigation';
import { changePassword as changePasswordUseCase } from '@/lib/auth/change-password';
import { endAllOwnSessions, endOwnSession } from '@/lib/auth/own-sessions';
import { changePasswordSchema, endSessionSchema } from '@/lib/auth/schemas';
import { clearSessionCookie, setSessionCookie } from '@/lib/auth/session-cookie';
import { idleForm } from '@/lib/form-state';
import { personAction } from '@/lib/web/action';
import { z } from '@/lib/zod';

const endOne = personAction(endSessionSchema, async (actor, { sessionId }) => {
  await endOwnSession(actor, sessionId);
});

const endAll = personAction(z.object({}), async (actor) => {
  await endAllOwnSessions(actor);
});

export const changePassword = personAction(changePasswordSchema, async (actor, input, context) => {
  await setSessionCookie(await changePasswordUseCase(actor, input, context));
  redirect('/account?done=password');
});

export async function signOutSession(formData: FormData): Promise<void> {
  const { status } = await endOne(idleForm, formData);
  redirect(status === 'done' ? '/account?done=session' : '/account');
}

export async function signOutEverywhere(formData: FormData): Promise<void> {
  const { status } = await endAll(idleForm, formData);
  if (status !== 'done') redirect('/account');
  await clearSessionCookie();
  redirect('/sign-in');
}
