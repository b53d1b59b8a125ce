import { connect, createServer } from 'node:net';

/**
 * Passes [::1]:port on to 127.0.0.1:port. `localhost` may mean either address, and the portal, told
 * to listen on `localhost`, would take only one of them.
 */
export async function openIpv6Door(lifetime, port) {
  const open = new Set();
  const server = createServer((inside) => {
    const outside = connect({ host: '127.0.0.1', port });
    for (const [socket, other] of [
      [inside, outside],
      [outside, inside],
    ]) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroySoon();
      });
    }
    inside.pipe(outside).pipe(inside);
  });
  await new Promise((resolve) => {
    // Without IPv6 on this machine `localhost` means 127.0.0.1 anyway.
    server.on('error', resolve);
    server.listen({ host: '::1', port }, resolve);
  });
  lifetime.defer(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
}
