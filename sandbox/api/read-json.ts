import { ApiError } from '@/sandbox/errors/api-error';

/**
 * Parses a JSON object out of a request. Throws 415 for another content type and 400 for an empty,
 * malformed or non-object body.
 */
export async function readJsonObject(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  const contentType = request.headers.get('content-type') ?? '';
  if (text !== '' && !/^application\/(json|[\w.-]+\+json)\b/i.test(contentType)) {
    throw new ApiError(415);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ApiError(400);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ApiError(400);
  return body as Record<string, unknown>;
}
