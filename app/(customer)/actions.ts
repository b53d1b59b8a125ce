'use server';

import type { Route } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { hrefOf } from '@/components/href';
import { isMember } from '@/lib/actor';
import { companyCookieName, getActor } from '@/lib/auth/session';
import { clearSessionCookie } from '@/lib/auth/session-cookie';
import { endSession } from '@/lib/auth/sign-in';
import { disconnect as disconnectUseCase } from '@/lib/connections/disconnect';
import { disconnectSchema, passcodeSchema } from '@/lib/connections/schemas';
import { idleForm } from '@/lib/form-state';
import { getPasscode as getPasscodeUseCase } from '@/lib/linking/get-passcode';
import { startLinkSchema } from '@/lib/linking/schemas';
import { startLink as startLinkUseCase } from '@/lib/linking/start-link';
import { personAction } from '@/lib/web/action';
import { z } from '@/lib/zod';

const noFields = z.object({});
const chosenCompany = z.object({ companyId: z.uuid() });

const signOutOfSession = personAction(noFields, async (actor) => {
  await endSession(actor);
});

const chooseCompany = personAction(chosenCompany, async (actor, { companyId }) => {
  if (!isMember(actor, companyId)) redirect('/connections');
  (await cookies()).set(companyCookieName, companyId, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
  });
  redirect(businessHref(actor, companyId, '/connections'));
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

export const startLink = personAction(startLinkSchema, async (actor, input, context) => {
  const handOff = await startLinkUseCase(actor, input, context);
  if (handOff !== 'consent-needed') redirect(handOff.url as Route);
  if (input.connectionId) redirect(hrefOf('/connect', { connection: input.connectionId }));
  redirect(businessHref(actor, input.companyId, '/connect'));
});

export const getPasscode = personAction(passcodeSchema, async (actor, { connectionId }) => {
  return { status: 'done', once: await getPasscodeUseCase(actor, connectionId) };
});

export const disconnect = personAction(disconnectSchema, async (actor, { connectionId }) => {
  const { companyId } = await disconnectUseCase(actor, connectionId);
  redirect(businessHref(actor, companyId, '/connections', { disconnected: connectionId }));
});
