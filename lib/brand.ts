import 'server-only';
import { getEnv } from '@/env';

/** How the operator presents itself, from the environment. */
export function getBrand() {
  const env = getEnv();
  return {
    name: env.BRAND_NAME,
    color: env.BRAND_COLOR,
    supportEmail: env.SUPPORT_EMAIL ?? null,
    supportPhone: env.SUPPORT_PHONE ?? null,
    privacyUrl: env.PRIVACY_URL ?? null,
    termsUrl: env.TERMS_URL ?? null,
    demo: env.PORTAL_MODE === 'demo',
  };
}

export type Brand = ReturnType<typeof getBrand>;
