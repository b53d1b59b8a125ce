import { getEnv } from '@/env';

export const dynamic = 'force-dynamic';

/** The process is up, and which build it runs. Says nothing about what it depends on. */
export function GET(): Response {
  const { NEXT_DEPLOYMENT_ID: deployment } = getEnv();
  return Response.json({ status: 'up', deployment }, { headers: { 'cache-control': 'no-store' } });
}
