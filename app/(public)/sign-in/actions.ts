'use server';

import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { safeReturnPath } from '@/lib/auth/return-path';
import { signInSchema } from '@/lib/auth/schemas';
import { readDevice, setSessionCookie } from '@/lib/auth/session-cookie';
import { signIn as signInUseCase } from '@/lib/auth/sign-in';
import { publicAction } from '@/lib/web/action';

export const signIn = publicAction(signInSchema, async (input, context) => {
  await setSessionCookie(await signInUseCase(input, context, await readDevice()));
  redirect(safeReturnPath(input.callbackUrl, '/connections') as Route);
});
