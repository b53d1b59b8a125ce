import 'server-only';
import type { Step } from './http';

/** Names the other end of the connection. Whatever a client sends under this name is replaced. */
export const peerHeader = 'x-portal-peer';

/** Makes a request carry its peer's address: Next.js hands only headers to pages and actions. */
export const markPeer: Step = ({ request }) => {
  request.headers[peerHeader] = request.socket.remoteAddress ?? '';
};
