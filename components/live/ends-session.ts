/** Marks a form that ends its own page's session: the form's response decides where to go. */
export const endsSession = { 'data-ends-session': '' };
