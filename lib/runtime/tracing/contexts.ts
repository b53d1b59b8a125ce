import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, type ContextManager, ROOT_CONTEXT } from '@opentelemetry/api';

const storage = new AsyncLocalStorage<Context>();

/** Keeps which span is under way, in the course of asynchronous work. */
export const contexts: ContextManager = {
  active: () => storage.getStore() ?? ROOT_CONTEXT,
  with: (context, work, thisArg, ...args) => storage.run(context, () => work.apply(thisArg, args)),
  bind(context, target) {
    if (typeof target !== 'function') return target;
    const bound = (...args: unknown[]) => storage.run(context, () => target(...args));
    return bound as typeof target;
  },
  enable: () => contexts,
  disable: () => contexts,
};

/** From here to the end of this asynchronous context `context` holds. */
export function enterContext(context: Context): void {
  storage.enterWith(context);
}
