type Fault = {
  path: string;
  method?: string;
  status?: number;
  body?: unknown;
  contentType?: string;
  latencyMs?: number;
  slowBodyMs?: number;
  drop?: boolean;
  retryAfter?: number;
  afterEffect?: boolean;
  times?: number | null;
};

/** A connection as the local Codat's API tells it. */
export type WireConnection = {
  id: string;
  integrationKey: string;
  integrationId: string;
  sourceId: string;
  sourceType: string;
  platformName: string;
  status: string;
  created: string;
  lastSync?: string | null;
  dataConnectionErrors?: { statusCode?: string; errorMessage?: string; status?: string }[] | null;
};

export type WireCompany = {
  id: string;
  name: string;
  description?: string;
  tags?: Record<string, string>;
  dataConnections: WireConnection[];
};

export type WireDelivery = {
  webhookId: string;
  eventType: string;
  companyId: string | null;
  state: string;
  dropped: boolean;
  nextAttemptAt: string | null;
  attempts: { at: string; status: number | null }[];
};

/** The local Codat: its API as a client sees it, and its control API. */
export class Codat {
  constructor(
    readonly url: string,
    readonly apiKey: string,
  ) {}

  async createCompany(name: string, tags: Record<string, string> = {}): Promise<WireCompany> {
    return this.#api('POST', '/companies', { name, description: name, tags });
  }

  /** Every company of a query, read page by page through the control API, past all faults. */
  async listCompanies(tags?: string): Promise<WireCompany[]> {
    const all: WireCompany[] = [];
    for (let page = 1; ; page += 1) {
      const query = new URLSearchParams({
        page: String(page),
        pageSize: '100',
        orderBy: 'created',
      });
      if (tags) query.set('tags', tags);
      const { results } = await this.control<{ results: WireCompany[] }>(
        'GET',
        `/companies?${query}`,
      );
      all.push(...results);
      if (results.length < 100) return all;
    }
  }

  addConnection(companyId: string, platformKey: string, status: string): Promise<WireConnection> {
    return this.control('POST', `/companies/${companyId}/connections`, { platformKey, status });
  }

  act(connectionId: string, action: 'authorize' | 'deauthorize' | 'fail' | 'unlink' | 'delete') {
    return this.control('POST', `/connections/${connectionId}/${action}`);
  }

  set(values: Record<string, unknown>): Promise<unknown> {
    return this.control('PUT', '/settings', values);
  }

  misbehave(fault: Fault): Promise<unknown> {
    return this.control('POST', '/faults', { times: null, ...fault });
  }

  behave(): Promise<unknown> {
    return this.control('DELETE', '/faults');
  }

  async deliveries(): Promise<WireDelivery[]> {
    return (await this.control<{ results: WireDelivery[] }>('GET', '/deliveries')).results;
  }

  async requests(): Promise<{ at: string; method: string; path: string; status: number | null }[]> {
    const answer = await this.control<{
      results: { at: string; method: string; path: string; status: number | null }[];
    }>('GET', '/requests');
    return answer.results;
  }

  forgetRequests(): Promise<unknown> {
    return this.control('DELETE', '/requests');
  }

  control<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.#ask(method, `/_sandbox/api${path}`, {}, body);
  }

  #api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const authorization = `Basic ${Buffer.from(this.apiKey).toString('base64')}`;
    return this.#ask(method, path, { authorization }, body);
  }

  async #ask<T>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  }
}
