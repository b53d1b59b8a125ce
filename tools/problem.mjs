/** A failure whose message says to a person what happened and what to do; shown without a stack. */
export class Problem extends Error {
  name = 'Problem';
}
