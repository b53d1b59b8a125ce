'use server';

import { redirect } from 'next/navigation';
import { signUpSchema } from '@/lib/auth/schemas';
import { setSessionCookie } from '@/lib/auth/session-cookie';
import { signUp as signUpUseCase } from '@/lib/companies/sign-up';
import { publicAction } from '@/lib/web/action';

export const signUp = publicAction(signUpSchema, async (input, context) => {
  await setSessionCookie(await signUpUseCase(input, context));
  redirect('/connections');
});
