import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const FILE =
  process.env.CODAT_OPENAPI ||
  path.join(
    path.dirname(fileURLToPath(import.meta.url)),
    '../../../shared/codat/openapi-platform-subset.json',
  );

type Node = Record<string, unknown>;

/** Codat's published schema, which is not part of this repository; `CODAT_OPENAPI` names the file. */
export const isOpenApiPresent = existsSync(FILE);

const escapePointer = (text: string): string => text.replace(/~/g, '~0').replace(/\//g, '~1');

function at(document: Node, pointer: string[]): Node | undefined {
  let node: Node | undefined = document;
  for (const name of pointer) {
    node = node?.[name] as Node | undefined;
    const reference = node?.$ref;
    if (typeof reference === 'string') {
      const parts = reference.slice(2).split('/');
      node = at(
        document,
        parts.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~')),
      );
    }
  }
  return node;
}

/** Checks what goes over the wire against the schema; each check returns the list of violations. */
export function loadOpenApi() {
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as Node;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'codat');
  const compiled = new Map<string, ValidateFunction>();

  function validate(pointer: string[], value: unknown): string[] {
    const reference = `codat#/${pointer.map(escapePointer).map(encodeURIComponent).join('/')}`;
    const check = compiled.get(reference) ?? ajv.compile({ $ref: reference });
    compiled.set(reference, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  return {
    /** Every operation as `METHOD /path`. */
    operations: (): string[] =>
      Object.entries(document.paths as Record<string, Node>).flatMap(([template, item]) =>
        Object.keys(item)
          .filter((method) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
          .map((method) => `${method.toUpperCase()} ${template}`),
      ),
    /** Checks an answer; `body` is undefined where there is none. */
    checkAnswer: (method: string, template: string, status: number, body: unknown): string[] => {
      const pointer = ['paths', template, method.toLowerCase(), 'responses', String(status)];
      const response = at(document, pointer);
      if (!response) return [`${status} is not documented`];
      const hasContent = response.content !== undefined;
      if (!hasContent || body === undefined) {
        return hasContent === (body !== undefined) ? [] : ['a body is missing or too much'];
      }
      const raw = at(document, pointer.slice(0, -1))?.[String(status)] as Node;
      const reference = typeof raw.$ref === 'string' ? raw.$ref.slice(2).split('/') : pointer;
      return validate([...reference, 'content', 'application/json', 'schema'], body);
    },
    /** Checks a webhook's body by its event type. */
    checkEvent: (eventType: string, body: unknown): string[] => {
      if (!at(document, ['webhooks', eventType])) return [`${eventType} is not documented`];
      return validate(
        ['webhooks', eventType, 'post', 'requestBody', 'content', 'application/json', 'schema'],
        body,
      );
    },
  };
}
