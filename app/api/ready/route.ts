import { getReadiness } from '@/lib/runtime/readiness';

export const dynamic = 'force-dynamic';

/** 200 while this process should get requests, otherwise 503. */
export async function GET(): Promise<Response> {
  const status = await getReadiness();
  const headers = { 'cache-control': 'no-store' };
  return Response.json({ status }, { status: status === 'ready' ? 200 : 503, headers });
}
