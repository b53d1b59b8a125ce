import { getLogo } from '@/lib/codat/platforms/logo';

/** A platform's logo, from our own origin. The sandbox policy makes an SVG inert. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/api/platforms/[platformKey]/logo'>,
): Promise<Response> {
  const logo = await getLogo((await params).platformKey);
  if (!logo) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(logo.bytes), {
    headers: {
      'content-type': logo.type,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=86400',
    },
  });
}
