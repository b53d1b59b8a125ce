import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

/** @type {import('next').NextConfig} */
const nextConfig = {
  output: 'standalone',
  // This folder, whatever lock files lie above it.
  outputFileTracingRoot: root,
  turbopack: { root },
  // What ships; tests have their own check.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  poweredByHeader: false,
  // A page has its title from the start, without scripts too: nothing here is slow to name.
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  typedRoutes: true,
  serverExternalPackages: ['pg', 'pg-boss', 'pino', 'prom-client', '@node-rs/argon2'],
  // Logos come from our own database as they are; the optimizer would be an open door for nothing.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  // What the proxy leaves out gets at least this.
  headers: async () => [
    { source: '/:path*', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] },
  ],
};

export default nextConfig;
