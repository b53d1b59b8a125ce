/** A text by its key in the message file, with the values it takes. */
export type MessageRef = { messageKey: string; params?: Record<string, string | number> };

/**
 * What a server action answers a form with when it does not redirect, in sentences. `values` echoes
 * what the person typed (never a password), so that the form works with JavaScript off.
 */
export type FormState = {
  status: 'idle' | 'done' | 'failed';
  message?: string;
  /** More about the message, a line each. */
  notes?: string[];
  fieldErrors?: Record<string, string>;
  values?: Record<string, string>;
  /** Shown in the answer to the form and nowhere else: never kept, logged or shown again. */
  once?: string;
  /** Address of what the message is about, of ours. */
  about?: string;
  /** Names the log entry of an unexpected error. */
  requestId?: string;
};

export const idleForm: FormState = { status: 'idle' };
