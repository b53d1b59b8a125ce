import { sealSession, sessionCookie } from '@/lib/auth/cookie';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import type { Lifetime } from '@/tools/processes/lifetime.mjs';

export type Person = { cookie: string; companyId: string; codatCompanyId: string };

/** A signed-in owner of a company that is known at Codat under the given id. */
export async function signedInOwner(codatCompanyId: string): Promise<Person> {
  const { actor, companyId } = await makeCustomer({ codatCompanyId });
  const sealed = await sealSession(actor.sessionId, actor.userId);
  return { cookie: `${sessionCookie().name}=${sealed}`, companyId, codatCompanyId };
}

/** The cookie of a signed-in member of the operator's staff. */
export async function signedInAdmin(): Promise<string> {
  const { sessionId, userId } = await makeOperator('admin');
  return `${sessionCookie().name}=${await sealSession(sessionId, userId)}`;
}

export type PageAnswer = { status: number; ms: number; text: string };

/** Asks for a page and reads it to its end; status 0 when no whole answer came. */
export async function getPage(url: string, cookie = '', timeoutMs = 40_000): Promise<PageAnswer> {
  const startedAt = performance.now();
  try {
    const response = await fetch(url, {
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { status: response.status, ms: performance.now() - startedAt, text };
  } catch {
    return { status: 0, ms: performance.now() - startedAt, text: '' };
  }
}

/** An open `/api/live` stream: what it has said so far, and how it ended. */
export class LiveStream {
  text = '';
  status = 0;
  /** `closed` in good order, `broken` by a lost connection. */
  end: 'closed' | 'broken' | null = null;
  readonly #abort = new AbortController();

  static async open(lifetime: Lifetime, portalUrl: string, cookie: string): Promise<LiveStream> {
    const stream = new LiveStream();
    lifetime.defer(() => stream.#abort.abort());
    const response = await fetch(`${portalUrl}/api/live`, {
      headers: { cookie, accept: 'text/event-stream' },
      signal: stream.#abort.signal,
    });
    stream.status = response.status;
    void stream.#read(response);
    return stream;
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) this.text += decoder.decode(chunk);
      this.end = 'closed';
    } catch {
      this.end = 'broken';
    }
  }
}
