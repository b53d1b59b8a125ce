import { getLogo } from '@/lib/codat/platforms/logo';

const headers = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
};

/** Drawn where a logo has gone since its page was made: browsers show it although it's a 404. */
const nothing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44"><path fill="none" stroke="#8a93a0" stroke-width="2.5" d="M14 15h16v14H14zM14 20h16"/></svg>';

/** A platform's logo, from our own origin. The sandbox policy makes an SVG inert. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/api/platforms/[platformKey]/logo'>,
): Promise<Response> {
  const logo = await getLogo((await params).platformKey);
  if (!logo) {
    const drawn = { ...headers, 'content-type': 'image/svg+xml', 'cache-control': 'no-store' };
    return new Response(nothing, { status: 404, headers: drawn });
  }
  return new Response(new Uint8Array(logo.bytes), {
    headers: { ...headers, 'content-type': logo.type, 'cache-control': 'public, max-age=86400' },
  });
}
