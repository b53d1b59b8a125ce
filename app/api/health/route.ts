export const dynamic = 'force-dynamic';

/** The process is up. Says nothing about what it depends on. */
export function GET(): Response {
  return Response.json({ status: 'up' }, { headers: { 'cache-control': 'no-store' } });
}
