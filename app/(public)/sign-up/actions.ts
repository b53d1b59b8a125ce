'use server';

import { redirect } from 'next/navigation';
import { publicAction } from '@/lib/action';
import { signUpSchema } from '@/lib/auth/schemas';
import { setSessionCookie } from '@/lib/auth/session-cookie';
import { signUp as signUpUseCase } from '@/lib/companies/sign-up';

export const signUp = publicAction(signUpSchema, async (input, context) => {
  await setSessionCookie(await signUpUseCase(input, context));
  redirect('/connections');
});
