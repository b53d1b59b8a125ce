import { createServer, type Server, request as send } from 'node:http';
import { expect } from '@playwright/test';
import { newPerson, signUp, submitSignIn } from './fixtures/person';
import { freePorts, type OwnPortal, startPortal } from './fixtures/portal-process';
import { test } from './fixtures/test';

let proxy: Server;
let portal: OwnPortal;
let address: string;
let otherAddress: string;

test.describe.configure({ mode: 'default' });

/** As nginx with a bare `proxy_pass` does: its own Host, and nothing of where the request came from. */
function startRewritingProxy(port: number, target: number): Promise<Server> {
  const server = createServer((request, response) => {
    const forwarded = { ...request.headers, host: `127.0.0.1:${target}` };
    const options = { port: target, method: request.method, path: request.url, headers: forwarded };
    const passed = send({ host: '127.0.0.1', ...options }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  });
  return new Promise((resolve) => server.listen(port, () => resolve(server)));
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const port = await freePorts(2);
  address = `http://localhost:${port}`;
  otherAddress = `http://other.localhost:${port}`;
  portal = await startPortal({ PORT: String(port + 1), APP_URL: address, WORKER: 'off' });
  proxy = await startRewritingProxy(port, port + 1);
});

test.afterAll(async () => {
  proxy?.closeAllConnections();
  proxy?.close();
  await portal?.stop();
});

for (const javaScriptEnabled of [true, false]) {
  test(`forms work behind a proxy that rewrites Host, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    visit,
  }) => {
    const page = await visit({ baseURL: address, javaScriptEnabled });
    await signUp(page, newPerson());
    await expect(page).toHaveURL(`${address}/connections`);
  });

  test(`an address other than APP_URL is said in words, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    visit,
  }) => {
    const page = await visit({ baseURL: otherAddress, javaScriptEnabled });
    await page.goto('/sign-in');
    await submitSignIn(page, newPerson());
    await expect(page.getByRole('main').getByRole('alert')).toContainText(`Open ${address}`);
    expect(portal.process.log).toContain('not that of APP_URL');
  });
}
