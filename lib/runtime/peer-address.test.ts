import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { onEachRequest } from './http';
import { markPeer, peerHeader } from './peer-address';

it('gives every request the address of its peer, whatever the client claims', async () => {
  onEachRequest([markPeer]);
  const server = createServer((request, response) => response.end(request.headers[peerHeader]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { [peerHeader]: '8.8.8.8' } });
  expect(await answer.text()).toBe('127.0.0.1');
  server.close();
});
