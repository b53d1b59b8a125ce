import 'server-only';
import { logger } from '@/lib/runtime/logger';

/** Tells spreadsheets that what follows is UTF-8. */
export const csvStart = '\uFEFF';

/** What makes a spreadsheet take a cell for a formula, in narrow and in full width. */
const formula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * One line of a CSV file (RFC 4180) with its CRLF. A text that a spreadsheet would run as a formula
 * gets an apostrophe before it, for names and tags are what customers write.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A stream of texts, each made when the reader has taken the one before. When the reader leaves, or
 * `signal` says so, no more are made.
 */
export function streamText(
  parts: AsyncGenerator<string>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let hasLeft = false;
  const leave = () => {
    hasLeft = true;
    void parts.return(undefined).catch(() => {});
  };
  signal.addEventListener('abort', leave, { once: true });
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { value, done } = await parts.next();
          if (hasLeft) return;
          if (done) controller.close();
          else controller.enqueue(encoder.encode(value));
        } catch (error) {
          if (hasLeft) return;
          logger.error({ err: error }, 'a stream failed');
          controller.error(error);
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}
