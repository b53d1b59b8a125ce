/** Companies whose data changed; null after a gap, when anything may have changed. */
export type LiveChange = { companyIds: string[] | null };

type Message =
  | { kind: 'change'; change: LiveChange }
  | { kind: 'end' }
  /** A tab that has just been loaded: what has changed since? */
  | { kind: 'hello'; pageAgeMs: number };

type Handlers = { onChange: (change: LiveChange) => void; onEnd: () => void };

const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** For how long the tab with the stream remembers changes, for tabs that were being loaded then. */
const rememberMs = 60_000;

function parseChange(data: unknown): LiveChange {
  try {
    const { companyIds } = JSON.parse(String(data)) as { companyIds?: unknown };
    const ids = Array.isArray(companyIds)
      ? companyIds.filter((id) => typeof id === 'string')
      : null;
    return { companyIds: ids };
  } catch {
    return { companyIds: null };
  }
}

/** One event stream that reconnects, slower each time. Returns a function that closes it. */
function openStream(url: string, tell: (message: Message) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let gap = false;

  const connect = () => {
    source = new EventSource(`${url}?age=${Math.ceil(performance.now())}`);
    source.onopen = () => {
      if (gap) tell({ kind: 'change', change: { companyIds: null } });
      failures = 0;
      gap = false;
    };
    source.addEventListener('change', (event) =>
      tell({ kind: 'change', change: parseChange(event.data) }),
    );
    source.addEventListener('end', () => {
      source?.close();
      tell({ kind: 'end' });
    });
    source.onerror = () => {
      source?.close();
      gap = true;
      const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
      failures += 1;
      timer = setTimeout(connect, waitMs * (0.75 + Math.random() / 2));
    };
  };

  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/**
 * Listens to live changes. Of all tabs of one person the holder of a Web Lock keeps the only
 * stream and passes on what it hears: a browser has six HTTP/1.1 connections for all of them.
 */
export function openLiveLink(name: string, url: string, handlers: Handlers): () => void {
  const deliver = (message: Message) => {
    if (message.kind === 'end') handlers.onEnd();
    else if (message.kind === 'change') handlers.onChange(message.change);
  };
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) {
    return openStream(url, deliver);
  }

  const channel = new BroadcastChannel(name);
  const stopped = new AbortController();
  let heard: { atMs: number; message: Message }[] = [];
  const answerHello = (pageAgeMs: number) => {
    const sinceMs = performance.now() - pageAgeMs;
    for (const { atMs, message } of heard) if (atMs >= sinceMs) channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'hello') answerHello(data.pageAgeMs);
    else deliver(data);
  };
  channel.postMessage({ kind: 'hello', pageAgeMs: performance.now() } satisfies Message);

  const lead = () =>
    new Promise<void>((release) => {
      if (stopped.signal.aborted) return release();
      const closeStream = openStream(url, (message) => {
        const nowMs = performance.now();
        heard = heard.filter(({ atMs }) => atMs > nowMs - rememberMs);
        heard.push({ atMs: nowMs, message });
        channel.postMessage(message);
        deliver(message);
      });
      stopped.signal.addEventListener('abort', () => {
        closeStream();
        release();
      });
    });
  navigator.locks.request(name, { signal: stopped.signal }, lead).catch(() => {
    // Aborted while waiting for its turn: the tab is closing.
  });

  return () => {
    stopped.abort();
    channel.close();
  };
}
