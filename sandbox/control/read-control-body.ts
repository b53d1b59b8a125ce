import type { Context } from 'hono';
import { ControlError } from './control-error';

/** The JSON body of a control call; none counts as `{}`. */
export async function readControlBody(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(400, 'The body is not JSON');
  }
}
