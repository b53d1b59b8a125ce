/** Marks a form that ends the session of its own page: where to go then is its answer's to say. */
export const endsSession = { 'data-ends-session': '' };
