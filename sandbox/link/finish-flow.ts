import { getIntegration, type Integration } from '@/sandbox/integrations/catalogue';
import { getClientId, getProfile } from '@/sandbox/profile';
import { type Connection, getConnection } from '@/sandbox/records/connection-record';
import type { World } from '@/sandbox/world';
import { type Flow, type FlowResult, saveFlow } from './flow';
import { openIdValues } from './open-id';
import { fillRedirectUrl } from './redirect-url';
import { getLastAuthorized } from './sign-in';

const NAMES_THE_BUSINESS = ['gbol', 'qhyg', 'akxx', 'knfz', 'trji'];

interface Outcome {
  statusCode: number;
  errorMessage: string;
  statusText: string;
  connection: Connection | null;
  integration: Integration | null;
}

export type Ending = 'complete' | 'leave';

function failureOf(flow: Flow, ending: Ending): [number, string, string] {
  switch (flow.problem) {
    case 'failed':
      return [500, 'Unknown error occurred.', flow.problemText ?? ''];
    case 'unsupported':
      return [501, 'Not supported.', ''];
    case 'cancelled':
      return [403, 'User cancelled.', 'User cancelled linking'];
    case 'unfinished':
      return [403, 'User cancelled.', ''];
    default:
      return ending === 'leave' ? [403, 'User cancelled.', ''] : [201, '', ''];
  }
}

/** What a flow ends with: 200 once anything was authorized, whatever came after. */
function outcomeOf(world: World, flow: Flow, ending: Ending): Outcome {
  const find = (id: string | null) => (id === null ? null : getConnection(world, id));
  const authorized = getLastAuthorized(world, flow);
  if (authorized) {
    const integration = getIntegration(authorized.platformKey);
    return {
      statusCode: 200,
      errorMessage: '',
      statusText: '',
      connection: authorized,
      integration,
    };
  }
  const [statusCode, errorMessage, statusText] = failureOf(flow, ending);
  const connection = statusCode === 403 || statusCode === 500 ? find(flow.lastConnectionId) : null;
  const key = flow.problem === 'unsupported' ? flow.problemText : connection?.platformKey;
  const integration = key ? getIntegration(key) : null;
  return { statusCode, errorMessage, statusText, connection, integration };
}

function reservedValues(world: World, flow: Flow, outcome: Outcome): Record<string, string> {
  const { connection, integration } = outcome;
  const key = integration?.key ?? '';
  return {
    clientId: getClientId(world),
    companyId: flow.companyId,
    connectionId: connection?.id ?? '',
    integrationId: integration?.integrationId ?? '',
    sourceId: integration?.sourceId ?? '',
    platform: key,
    platformName: integration?.name ?? '',
    sourceType: integration?.sourceType ?? '',
    statusCode: String(outcome.statusCode),
    errorMessage: outcome.errorMessage,
    statusText: outcome.statusText,
    'data.company.companyName': NAMES_THE_BUSINESS.includes(key)
      ? (connection?.accountName ?? '')
      : '',
    ...(flow.parameters.openId === 'true' && outcome.statusCode === 200 && openIdValues(key)),
  };
}

/** Nothing was configured, or the redirect leads to a host that is not allowed. */
export type Finish = FlowResult | { refused: true };

/** Ends a flow; ending it again gives the first result. `refused`: the redirect's host is not allowed. */
export function finishFlow(world: World, flow: Flow, ending: Ending): Finish {
  if (flow.finishedWith) return flow.finishedWith;
  const outcome = outcomeOf(world, flow, ending);
  const { redirectUrl, whiteListUrls } = getProfile(world);
  const values = { reserved: reservedValues(world, flow, outcome), custom: flow.parameters };
  const url = redirectUrl === '' ? null : fillRedirectUrl(redirectUrl, values, whiteListUrls);
  if (url === null && redirectUrl !== '') return { refused: true };
  const result: FlowResult = { statusCode: outcome.statusCode, url };
  saveFlow(world, { ...flow, finishedWith: result });
  return result;
}
