import type { RequestListener } from 'node:http';
import { applyEnvironment } from '@/sandbox/apply-environment';
import type { Config } from '@/sandbox/config';
import { type Dispatcher, startDispatcher } from '@/sandbox/dispatcher';
import { type Listening, listen } from '@/sandbox/listen';
import { createMainListener, createPlatformListener } from '@/sandbox/main-app';
import { openSettings } from '@/sandbox/settings';
import { openStore } from '@/sandbox/store/open-store';
import type { World } from '@/sandbox/world';

/** A running local Codat. */
export interface Sandbox {
  url: string;
  platformUrl: string;
  world: World;
  /** Ends requests and attempts under way; what is due stays in the store. */
  stop(): Promise<void>;
}

/** Binds the port first and answers 503 until there is something to answer with. */
async function reserve(port: number, host: string) {
  let listener: RequestListener | null = null;
  const listening = await listen(
    (request, response) => {
      if (listener) listener(request, response);
      else response.writeHead(503, { 'Retry-After': '1' }).end();
    },
    port,
    host,
  );
  return {
    listening,
    serve: (next: RequestListener): void => {
      listener = next;
    },
  };
}

function withPort(url: string, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.origin;
}

function createWorld(config: Config, publicUrl: string, platformUrl: string) {
  const store = openStore(config.storeFile);
  const settings = openSettings(store);
  let dispatcher: Dispatcher | null = null;
  const world: World = {
    config,
    store,
    settings,
    publicUrl,
    platformUrl,
    realNow: () => Date.now(),
    now: () => Date.now() + settings.current().clockOffsetMs,
    wake: () => dispatcher?.wake(),
  };
  applyEnvironment(world);
  return {
    world,
    start: (): Dispatcher => {
      dispatcher = startDispatcher(world);
      return dispatcher;
    },
  };
}

/** Starts API, Hosted Link, panel, sign-in stand-in and webhook sender; rejects when a port is taken. */
export async function startSandbox(config: Config): Promise<Sandbox> {
  const main = await reserve(config.port, config.host);
  const platformPort = config.port === 0 ? 0 : config.port + 1;
  const platform = await reserve(platformPort, config.host).catch(async (error: unknown) => {
    await main.listening.close();
    throw error;
  });
  const publicUrl = config.publicUrl ?? `http://localhost:${main.listening.port}`;
  const platformUrl = config.platformPublicUrl ?? withPort(publicUrl, platform.listening.port);
  const { world, start } = createWorld(config, publicUrl, platformUrl);
  main.serve(createMainListener(world));
  platform.serve(createPlatformListener(world));
  const dispatcher = start();
  const listening: Listening[] = [main.listening, platform.listening];
  return {
    url: `http://localhost:${main.listening.port}`,
    platformUrl,
    world,
    stop: async () => {
      await dispatcher.stop();
      await Promise.all(listening.map((one) => one.close()));
      world.store.close();
    },
  };
}
