import { can } from '@/lib/actor';
import { exportAudit } from '@/lib/audit/log/export-audit';
import { auditFilterSchema } from '@/lib/audit/log/schemas';
import { getActor } from '@/lib/auth/session';
import { streamText } from '@/lib/lists/csv';
import { readRequestContext } from '@/lib/runtime/request-context';

export const dynamic = 'force-dynamic';

/** The audit log with the same filters as its page, as a CSV file. */
export async function GET(request: Request): Promise<Response> {
  const actor = await getActor();
  if (!actor) return new Response(null, { status: 401 });
  if (!can(actor, 'export:read') || !can(actor, 'audit:read')) {
    return new Response(null, { status: 404 });
  }
  const filter = auditFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const parts = await exportAudit(actor, filter, readRequestContext(request.headers));
  const today = new Date().toISOString().slice(0, 10);
  return new Response(streamText(parts, request.signal), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="audit-${today}.csv"`,
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
