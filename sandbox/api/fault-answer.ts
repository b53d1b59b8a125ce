import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '@/sandbox/errors/api-error';
import type { Fault } from './faults';

const SLICES = 20;

/** Whether the fault replaces the answer; without it only time passes. */
export function replacesAnswer({ status, body }: Fault): boolean {
  return status !== undefined || body !== undefined;
}

function bodyOf({ status = 200, body }: Fault): string | null {
  if (typeof body === 'string') return body;
  if (body !== undefined) return JSON.stringify(body);
  return status >= 400 ? JSON.stringify(new ApiError(status).toJson()) : null;
}

/** The answer that a fault gives instead of the real one. */
export function faultAnswer(fault: Fault): Response {
  const { status = 200, contentType, retryAfter } = fault;
  const body = [204, 205, 304].includes(status) ? null : bodyOf(fault);
  const headers = new Headers();
  if (body !== null) {
    const isHtml = typeof fault.body === 'string' && /^\s*<(!doctype|html)/i.test(fault.body);
    headers.set('Content-Type', contentType ?? (isHtml ? 'text/html' : 'application/json'));
  }
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
  return new Response(body, { status, headers });
}

/** Sends the headers at once and the body a slice at a time. */
export async function slowDown(response: Response, slowBodyMs: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const size = Math.max(1, Math.ceil(bytes.length / SLICES));
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (let from = 0; from < bytes.length; from += size) {
        await sleep(slowBodyMs / SLICES);
        controller.enqueue(bytes.subarray(from, from + size));
      }
      controller.close();
    },
  });
  return new Response(body, response);
}
