import 'server-only';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { getEnv } from '@/env';
import type { Actor } from '@/lib/actor';
import { getActor } from '@/lib/auth/session';
import { AppError } from '@/lib/errors';
import type { FormState } from '@/lib/form-state';
import { isDatabaseAway, isDatabaseReadOnly } from '@/lib/runtime/database-away';
import { logger, noteInLog } from '@/lib/runtime/logger';
import { getRequestContext, type RequestContext } from '@/lib/runtime/request-context';
import { noteInSpan, withSpan } from '@/lib/runtime/span';
import { isUuid, storableText } from '@/lib/storable-text';
import type { z } from '@/lib/zod';
import { getMessageText, getT } from '@/messages/server/get-t';
import { isOwnOrigin } from './own-origin';

type FormAction = (state: FormState, formData: FormData) => Promise<FormState>;
type Answer = Promise<FormState | undefined>;

/** A form that anyone may send. Parses it; everything else is the use-case's. */
export function publicAction<Schema extends z.ZodType>(
  schema: Schema,
  run: (input: z.infer<Schema>, context: RequestContext) => Answer,
): FormAction {
  return (_state, formData) =>
    answerForm(formData, async (context) => {
      const parsed = await parseForm(schema, formData);
      return 'failed' in parsed ? parsed.failed : run(parsed.input, context);
    });
}

/** A form for signed-in people. The use-case decides what this person may do. */
export function personAction<Schema extends z.ZodType>(
  schema: Schema,
  run: (actor: Actor, input: z.infer<Schema>, context: RequestContext) => Answer,
): FormAction {
  return (_state, formData) =>
    answerForm(formData, async (context) => {
      const actor = await getActor();
      if (!actor) throw new AppError('signed-out', 'signedOut');
      const parsed = await parseForm(schema, formData);
      if ('failed' in parsed) return parsed.failed;
      noteCompany(parsed.input);
      return run(actor, parsed.input, context);
    });
}

/** Which company it is about, on the lines of the log; whether it may be is the use-case's. */
function noteCompany(input: unknown): void {
  const companyId = (input as { companyId?: unknown } | null)?.companyId;
  if (typeof companyId === 'string' && isUuid(companyId)) noteInLog({ companyId });
}

async function answerForm(
  formData: FormData,
  run: (context: RequestContext) => Answer,
): Promise<FormState> {
  const context = await getRequestContext();
  return withSpan('form', async () => {
    try {
      await requireOwnOrigin();
      return (await run(context)) ?? { status: 'done' };
    } catch (error) {
      unstable_rethrow(error);
      noteInSpan({ 'form.error': error instanceof AppError ? error.code : 'unexpected' });
      return failure(error, context, typedValues(formData));
    }
  });
}

async function requireOwnOrigin(): Promise<void> {
  const sent = await headers();
  const { APP_URL } = getEnv();
  const [origin, site] = [sent.get('origin'), sent.get('sec-fetch-site')];
  if (isOwnOrigin(origin, site, APP_URL)) return;
  // The browser says that page and form are of one site: it is ours, under another address.
  if (site !== 'same-origin') throw new AppError('not-allowed', 'foreignForm');
  logger.warn(
    { origin, appUrl: APP_URL },
    'a form was refused: the address is not that of APP_URL',
  );
  throw new AppError('not-allowed', 'otherAddress', { params: { url: APP_URL } });
}

async function failure(
  error: unknown,
  { requestId }: RequestContext,
  values: FormState['values'],
): Promise<FormState> {
  const t = await getT('errors');
  if (error instanceof AppError) {
    if (error.cause) logger.warn({ requestId, err: error }, 'action failed');
    const messageText = await getMessageText();
    const text = messageText(error.ref.messageKey, error.ref.params);
    if (error.field === null) return { status: 'failed', message: text, values };
    const fieldErrors = { [error.field]: text };
    const about = error.about ? { about: error.about } : {};
    return { status: 'failed', message: t('formInvalid'), fieldErrors, values, ...about };
  }
  logger.error({ requestId, err: error }, 'action failed unexpectedly');
  const away = isDatabaseReadOnly(error) ? 'databaseReadOnly' : 'databaseAway';
  const message = t(isDatabaseAway(error) ? away : 'unexpected');
  return { status: 'failed', message, values, requestId };
}

async function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  formData: FormData,
): Promise<{ input: z.infer<Schema> } | { failed: FormState }> {
  const result = schema.safeParse(fieldsOf(formData));
  if (result.success) return { input: result.data };
  const [t, messageText] = [await getT('errors'), await getMessageText()];
  const fieldErrors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? '');
    const messageKey = issue.message.startsWith('errors.') ? issue.message : 'errors.invalid';
    fieldErrors[field] ??= messageText(messageKey);
  }
  return {
    failed: {
      status: 'failed',
      message: t('formInvalid'),
      fieldErrors,
      values: typedValues(formData),
    },
  };
}

/** Each field's value; a list where a name comes more than once, as of several boxes ticked. */
function fieldsOf(formData: FormData): Record<string, unknown> {
  const fields = [...new Set(formData.keys())].map((name) => {
    const values = formData
      .getAll(name)
      .map((value) => (typeof value === 'string' ? storableText(value) : value));
    return [name, values.length > 1 ? values : values[0]];
  });
  return Object.fromEntries(fields);
}

const neverSentBack = /password|secret|token|^\$/i;

/** What the person typed, for the form's next rendering. Never a secret, nor Next's own fields. */
function typedValues(formData: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of formData) {
    if (typeof value === 'string' && !neverSentBack.test(name)) values[name] = value;
  }
  return values;
}
