'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { safeReturnPath } from '@/lib/auth/return-path';
import { acceptInviteSchema, businessSchema, signInSchema, signUpSchema } from '@/lib/auth/schemas';
import { readDevice, setSessionCookie } from '@/lib/auth/session-cookie';
import { signIn as signInUseCase } from '@/lib/auth/sign-in';
import { acceptStaffInvite } from '@/lib/auth/staff/staff-invites';
import { nameBusiness as nameBusinessUseCase } from '@/lib/companies/name-business';
import { signUp as signUpUseCase } from '@/lib/companies/sign-up';
import { personAction, publicAction } from '@/lib/web/action';

export const signUp = publicAction(signUpSchema, async (input, context) => {
  await setSessionCookie(await signUpUseCase(input, context));
  redirect('/connections');
});

export const nameBusiness = personAction(businessSchema, async (actor, input) => {
  await nameBusinessUseCase(actor, input);
  redirect('/connections');
});

export const signIn = publicAction(signInSchema, async (input, context) => {
  await setSessionCookie(await signInUseCase(input, context, await readDevice()));
  redirect(safeReturnPath(input.callbackUrl, '/connections') as Route);
});

export const acceptInvite = publicAction(acceptInviteSchema, async (input, context) => {
  await setSessionCookie(await acceptStaffInvite(input, context));
  redirect('/admin');
});
