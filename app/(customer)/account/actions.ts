'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { hrefOf } from '@/components/href';
import { type Actor, isMember } from '@/lib/actor';
import { changePassword as changePasswordUseCase } from '@/lib/auth/change-password';
import { endAllOwnSessions, endOwnSession } from '@/lib/auth/own-sessions';
import { changePasswordSchema, endSessionSchema } from '@/lib/auth/schemas';
import { clearSessionCookie, setSessionCookie } from '@/lib/auth/session-cookie';
import { idleForm } from '@/lib/form-state';
import { personAction } from '@/lib/web/action';
import { z } from '@/lib/zod';

/** The business whose account page the form was on. */
const fromPage = { companyId: z.string().optional() };

const endOne = personAction(
  endSessionSchema.extend(fromPage),
  async (actor, { sessionId, companyId }) => {
    await endOwnSession(actor, sessionId);
    redirect(accountHref(actor, companyId, 'session'));
  },
);

function accountHref(actor: Actor, companyId: string | undefined, done: string): Route {
  if (companyId && isMember(actor, companyId)) {
    return businessHref(actor, companyId, '/account', { done });
  }
  return hrefOf('/account', { done });
}

const endAll = personAction(z.object({}), async (actor) => {
  await endAllOwnSessions(actor);
});

export const changePassword = personAction(
  changePasswordSchema.extend(fromPage),
  async (actor, input, context) => {
    await setSessionCookie(await changePasswordUseCase(actor, input, context));
    redirect(accountHref(actor, input.companyId, 'password'));
  },
);

export async function signOutSession(formData: FormData): Promise<void> {
  await endOne(idleForm, formData);
  redirect('/account');
}

export async function signOutEverywhere(formData: FormData): Promise<void> {
  const { status } = await endAll(idleForm, formData);
  if (status !== 'done') redirect('/account');
  await clearSessionCookie();
  redirect('/sign-in');
}
