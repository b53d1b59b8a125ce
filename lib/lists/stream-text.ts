import 'server-only';
import { logger } from '@/lib/runtime/logger';

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
          logger.error({ err: error }, 'a stream broke off');
          controller.error(error);
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}
