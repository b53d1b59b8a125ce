import { getIntegration, type Integration } from './catalogue';

export type LogoShape = 'square' | 'full';

const FONT = 'font-family="system-ui,Segoe UI,Helvetica,Arial,sans-serif"';

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

function tile({ colour, monogram }: Integration): string {
  return (
    `<rect width="96" height="96" rx="20" fill="${colour}"/>` +
    `<text x="48" y="61" text-anchor="middle" font-size="38" font-weight="700" fill="#fff" ${FONT}>${monogram}</text>`
  );
}

/** A logo of our own making: a coloured tile with a monogram; `full` adds the name. Null: no such platform. */
export function getLogoSvg(platformKey: string, shape: LogoShape): string | null {
  const integration = getIntegration(platformKey);
  if (!integration) return null;
  const title = `<title>${escapeXml(integration.name)}</title>`;
  if (shape === 'square') {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96" role="img">${title}${tile(integration)}</svg>`;
  }
  const width = 128 + integration.name.length * 22;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 96" width="${width}" height="96" role="img">${title}${tile(integration)}` +
    `<text x="116" y="61" font-size="38" font-weight="600" fill="${integration.colour}" ${FONT}>${escapeXml(integration.name)}</text></svg>`
  );
}

/** Where a logo is served, below the public URL. */
export function logoPath(platformKey: string, shape: LogoShape): string {
  return `/assets/platforms/${platformKey}/${shape}.svg`;
}
