import { Hono } from 'hono';
import { getLogoSvg } from '@/sandbox/integrations/logos';
import type { World } from '@/sandbox/world';
import { LINK_CSS } from './link-css';
import { PANEL_CSS } from './panel-css';

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4338a8"/>' +
  '<path d="M13 19l6-6M11 15l-2 2a4 4 0 0 0 6 6l2-2m0-10l2-2a4 4 0 0 1 6 6l-2 2" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>';

const CACHED = { 'Cache-Control': 'public, max-age=300', 'X-Content-Type-Options': 'nosniff' };
const SVG = { ...CACHED, 'Content-Type': 'image/svg+xml', 'Access-Control-Allow-Origin': '*' };

/** Styles and logos; served on both origins, so that pages load nothing from another one. */
export function assetRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get('/assets/link.css', (c) =>
    c.body(LINK_CSS, 200, { ...CACHED, 'Content-Type': 'text/css; charset=utf-8' }),
  );
  routes.get('/assets/panel.css', (c) =>
    c.body(PANEL_CSS, 200, { ...CACHED, 'Content-Type': 'text/css; charset=utf-8' }),
  );
  routes.get('/assets/icon.svg', (c) => c.body(ICON, 200, SVG));
  routes.get('/favicon.ico', (c) => c.body(ICON, 200, SVG));
  routes.get('/assets/platforms/:platformKey/:file{(square|full)\\.svg}', (c) => {
    const shape = c.req.param('file') === 'square.svg' ? 'square' : 'full';
    if (world.settings.current().logos === 'missing') return c.notFound();
    const svg = getLogoSvg(c.req.param('platformKey'), shape);
    return svg ? c.body(svg, 200, SVG) : c.notFound();
  });
  return routes;
}
