// Settings of a portal (design: "Environment"). A build must not depend on any of them, and what a
// test starts must not see those of whoever runs it.
const settings = [
  'ADMIN_EMAILS',
  'APP_URL',
  'AUTH_SECRET',
  'CODAT_API_KEY',
  'CODAT_API_URL',
  'CODAT_LINK_ORIGINS',
  'CODAT_PRODUCTS',
  'CODAT_WEBHOOK_SECRET',
  'DATABASE_DIRECT_URL',
  'DATABASE_URL',
  'DATA_STALE_AFTER',
  'ENCRYPTION_KEY',
  'ERASED_EVIDENCE',
  'HOSTNAME',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'LOG_LEVEL',
  'MAIL_FROM',
  'METRICS_PORT',
  'METRICS_TOKEN',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_URL',
  'NODE_ENV',
  'NODE_OPTIONS',
  'NO_PROXY',
  'PORT',
  'PORTAL_MODE',
  'PRIVACY_URL',
  'SANDBOX_PORT',
  'SMTP_URL',
  'SUPPORT_EMAIL',
  'SUPPORT_PHONE',
  'TERMS_URL',
  'TRUSTED_PROXY_HOPS',
  'WORKER',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];
const prefixes = ['BRAND_', 'KEEP_', 'NEXT_', 'OIDC_', 'OTEL_', 'SANDBOX_', '__NEXT'];

/** Whether a variable is a setting of a portal. */
export function isSetting(name) {
  return settings.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/** This process's environment without any setting of a portal. */
export function neutralEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isSetting(name)));
}
