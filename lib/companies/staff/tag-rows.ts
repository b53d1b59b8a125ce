import { tagLimits } from '@/lib/codat/tags';

/** Names of the rows of a form with tags: `key0` and `value0` make one tag. */
export const tagRows = Array.from({ length: tagLimits.count }, (_, i) => ({
  key: `key${i}`,
  value: `value${i}`,
}));
