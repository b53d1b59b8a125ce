import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '@/sandbox/config';
import type { companyJson } from '@/sandbox/records/company-json';
import type { connectionJson } from '@/sandbox/records/connection-json';
import { type Sandbox, startSandbox } from '@/sandbox/start-sandbox';

export const TEST_KEY = 'test-api-key';
export const TEST_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** What a call got; `json` is `{}` where the body is not a JSON object. */
export interface Answer<Body> {
  status: number;
  headers: Headers;
  json: Body;
  text: string;
}

type AnyBody = Record<string, unknown>;
export type CompanyBody = ReturnType<typeof companyJson>;
export type ConnectionBody = ReturnType<typeof connectionJson>;

export interface TestSandbox {
  sandbox: Sandbox;
  config: Config;
  /** A call of the API with the right key; `body` is sent as JSON. */
  call<Body = AnyBody>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  /** A call of the control API. */
  control<Body = AnyBody>(method: string, path: string, body?: unknown): Promise<Answer<Body>>;
  createCompany(input?: object): Promise<CompanyBody>;
  /** The company as the API shows it now. */
  readCompany(companyId: string): Promise<CompanyBody>;
  /** A connection in this status, with its events. */
  addConnection(companyId: string, platformKey: string, status: string): Promise<ConnectionBody>;
  /** Stops it and starts it again on the same store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

async function send<Body>(
  url: string,
  method: string,
  body: unknown,
  headers: Headers,
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const json = (isJson && text.startsWith('{') ? JSON.parse(text) : {}) as Body;
  return { status: response.status, headers: response.headers, json, text };
}

/** A sandbox of its own on free ports and a temporary folder. */
export async function startTestSandbox(
  environment: Record<string, string> = {},
): Promise<TestSandbox> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-test-'));
  const config = readConfig({
    SANDBOX_PORT: '0',
    SANDBOX_API_KEY: TEST_KEY,
    SANDBOX_WEBHOOK_SECRET: TEST_SECRET,
    DATA_DIR: folder,
    ...environment,
  });
  let sandbox = await startSandbox(config);
  const authorization = `Basic ${Buffer.from(TEST_KEY).toString('base64')}`;
  const call: TestSandbox['call'] = (method, path, body, extra = {}) => {
    const headers = new Headers({ authorization, 'content-type': 'application/json', ...extra });
    return send(`${sandbox.url}${path}`, method, body, headers);
  };
  const control: TestSandbox['control'] = (method, path, body) =>
    send(`${sandbox.url}/_sandbox/api${path}`, method, body, new Headers());
  return {
    get sandbox() {
      return sandbox;
    },
    config,
    call,
    control,
    createCompany: async (input = { name: 'Toft stores' }) =>
      (await call<CompanyBody>('POST', '/companies', input)).json,
    readCompany: async (companyId) =>
      (await call<CompanyBody>('GET', `/companies/${companyId}`)).json,
    addConnection: async (companyId, platformKey, status) => {
      const body = { platformKey, status };
      const path = `/companies/${companyId}/connections`;
      return (await control<ConnectionBody>('POST', path, body)).json;
    },
    restart: async () => {
      await sandbox.stop();
      sandbox = await startSandbox(config);
    },
    stop: async () => {
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
