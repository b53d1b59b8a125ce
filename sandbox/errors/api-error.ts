import { randomBytes } from 'node:crypto';

export interface ValidationItem {
  itemId: string | null;
  message: string | null;
  validatorName: string | null;
}

interface Details {
  service?: string;
  validation?: { errors: ValidationItem[]; warnings: ValidationItem[] };
  headers?: Record<string, string>;
}

/** The sentences that Codat publishes for each status, where a handler has none of its own. */
const STANDARD_SENTENCES: Readonly<Record<number, string>> = {
  400: 'Error processing request - not valid.',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'You are using an outdated API key or a key not associated with that resource.',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'You have made too many requests in a given amount of time; please retry later.',
  500: 'There is a problem with our server. Please try again later.',
  503: 'The Codat API is temporarily offline for maintenance. Please try again later.',
};

/** An answer that is an error in Codat's form; thrown by handlers, printed in one place. */
export class ApiError extends Error {
  constructor(
    readonly statusCode: number,
    sentence: string | null = null,
    readonly details: Details = {},
  ) {
    super(sentence ?? STANDARD_SENTENCES[statusCode] ?? `Error ${statusCode}`);
  }

  /** The body, with a fresh correlation id. */
  toJson() {
    return {
      statusCode: this.statusCode,
      service: this.details.service ?? 'PublicApi',
      error: this.message,
      correlationId: randomBytes(16).toString('hex'),
      ...(this.details.validation && { validation: this.details.validation }),
      canBeRetried: 'Unknown',
      detailedErrorCode: 0,
    };
  }

  toResponse(): Response {
    return new Response(JSON.stringify(this.toJson()), {
      status: this.statusCode,
      headers: { 'Content-Type': 'application/json', ...this.details.headers },
    });
  }
}

/** 400 with one validation item. */
export function invalid(itemId: string, message: string, validatorName: string): ApiError {
  return new ApiError(400, null, {
    validation: { errors: [{ itemId, message, validatorName }], warnings: [] },
  });
}

export function companyNotFound(companyId: string): ApiError {
  const error = `No company was found with ID ${companyId}`;
  return new ApiError(404, error, { service: 'ClientsApi' });
}

export function connectionNotFound(connectionId: string): ApiError {
  return new ApiError(404, `Data connection ${connectionId} not found`);
}
