'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { isMember } from '@/lib/actor';
import { companyCookieName, getActor } from '@/lib/auth/session';
import { clearSessionCookie } from '@/lib/auth/session-cookie';
import { endSession } from '@/lib/auth/sign-in';
import { idleForm } from '@/lib/form-state';
import { personAction } from '@/lib/web/action';

const noFields = z.object({});
const chosenCompany = z.object({ companyId: z.uuid() });

const signOutOfSession = personAction(noFields, async (actor) => {
  await endSession(actor);
});

const chooseCompany = personAction(chosenCompany, async (actor, { companyId }) => {
  if (!isMember(actor, companyId)) return;
  (await cookies()).set(companyCookieName, companyId, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
  });
});

export async function signOut(formData: FormData): Promise<void> {
  if (await getActor()) await signOutOfSession(idleForm, formData);
  await clearSessionCookie();
  redirect('/sign-in');
}

export async function selectCompany(formData: FormData): Promise<void> {
  await chooseCompany(idleForm, formData);
  redirect('/connections');
}
