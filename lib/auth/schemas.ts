import { z } from 'zod';

const email = z.email({ error: 'errors.email' }).trim().toLowerCase().max(254, 'errors.email');

export const signInSchema = z.object({
  email,
  password: z.string().min(1, 'errors.passwordMissing').max(200, 'errors.passwordTooLong'),
  callbackUrl: z.string().max(2000).optional(),
});

export const signUpSchema = z.object({
  name: z.string().trim().min(1, 'errors.nameMissing').max(100, 'errors.textTooLong'),
  businessName: z
    .string()
    .trim()
    .min(1, 'errors.businessNameMissing')
    .max(200, 'errors.textTooLong'),
  email,
  password: z.string().min(10, 'errors.passwordTooShort').max(200, 'errors.passwordTooLong'),
});
