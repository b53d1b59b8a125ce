import 'server-only';
import { ParentBasedSampler, type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace';
import { quietRoutes } from '@/lib/runtime/observe-requests';

const root: Sampler = {
  shouldSample(_context, _traceId, _name, _kind, attributes) {
    const isQuiet = quietRoutes.test(String(attributes['http.route']));
    // Next.js loads every route at its start: a trace each, of no use.
    const isNextAlone = 'next.span_type' in attributes;
    const { NOT_RECORD, RECORD_AND_SAMPLED } = SamplingDecision;
    return { decision: isQuiet || isNextAlone ? NOT_RECORD : RECORD_AND_SAMPLED };
  },
  toString: () => 'portal',
};

/** Takes every request, job and event, but for requests that no person makes. */
export const sampler = new ParentBasedSampler({ root });
