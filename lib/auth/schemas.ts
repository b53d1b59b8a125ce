import { z } from 'zod';

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'errors.email')
  .pipe(z.email('errors.email'));
const personName = z.string().trim().min(1, 'errors.nameMissing').max(100, 'errors.textTooLong');
const businessName = z
  .string()
  .trim()
  .min(1, 'errors.businessNameMissing')
  .max(200, 'errors.textTooLong');
const newPassword = z
  .string()
  .min(10, 'errors.passwordTooShort')
  .max(200, 'errors.passwordTooLong');

export const signInSchema = z.object({
  email,
  password: z.string().min(1, 'errors.passwordMissing').max(200, 'errors.passwordTooLong'),
  callbackUrl: z.string().max(2000).optional(),
});

export const signUpSchema = z.object({
  name: personName,
  businessName,
  email,
  password: newPassword,
});

export const businessSchema = z.object({ businessName });

export const emailSchema = email;

export const acceptInviteSchema = z.object({
  token: z.string().min(1).max(200),
  name: personName,
  password: newPassword,
});

export const changePasswordSchema = z.object({
  currentPassword: z.string().min(1, 'errors.passwordMissing').max(200, 'errors.passwordTooLong'),
  newPassword,
});

export const endSessionSchema = z.object({ sessionId: z.uuid() });
