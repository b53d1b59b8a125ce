import { attentionStates } from '@/db/schema/closed-sets';
import { tagLimits } from '@/lib/codat/tags';

/**
 * How far setting the company up at Codat has come: `provisioning` (we are trying), `blocked`
 * (an operator must fix something first), `ready`, `deleted` (gone at Codat, final).
 */
export type CompanySetup = 'provisioning' | 'blocked' | 'ready' | 'deleted';

export { attentionStates };

/** Roll-up of a company's connections, worst first. */
export type Attention = (typeof attentionStates)[number];

/** Names of the rows of a form with tags: `key0` and `value0` make one tag. */
export const tagRows = Array.from({ length: tagLimits.count }, (_, i) => ({
  key: `key${i}`,
  value: `value${i}`,
}));
