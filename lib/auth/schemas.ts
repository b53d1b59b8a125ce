import { companyName } from '@/lib/companies/schemas';
import { typedName } from '@/lib/name-text';
import { fieldError, z } from '@/lib/zod';

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, fieldError('email'))
  .pipe(z.email(fieldError('email')));
const personName = typedName('nameMissing', 100);
const newPassword = z
  .string()
  .min(10, fieldError('passwordTooShort'))
  .max(200, fieldError('passwordTooLong'));

export const signInSchema = z.object({
  email,
  password: z
    .string()
    .min(1, fieldError('passwordMissing'))
    .max(200, fieldError('passwordTooLong')),
  callbackUrl: z.string().max(2000).optional(),
});

export const signUpSchema = z.object({
  name: personName,
  businessName: companyName,
  email,
  password: newPassword,
});

export const businessSchema = z.object({ businessName: companyName });

export const emailSchema = email;

export const acceptInviteSchema = z.object({
  token: z.string().min(1).max(200),
  name: personName,
  password: newPassword,
});

export const changePasswordSchema = z.object({
  currentPassword: z
    .string()
    .min(1, fieldError('passwordMissing'))
    .max(200, fieldError('passwordTooLong')),
  newPassword,
});

export const endSessionSchema = z.object({ sessionId: z.uuid() });
