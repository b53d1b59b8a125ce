import 'server-only';
import { appUrl } from './app-url';
import type { Check } from './check';
import { clockCodat, clockDatabase } from './clocks';
import { codatKey } from './codat-key';
import { codatPlan } from './codat-plan';
import { codatQuota } from './codat-quota';
import { codatReachable } from './codat-reachable';
import { connections } from './connections';
import { database } from './database';
import { databaseExtensions } from './database-extensions';
import { environment } from './environment';
import { mail } from './mail';
import { migrations } from './migrations';
import { proxyHops } from './proxy-hops';
import { redirectUrl } from './redirect-url';
import { schedules } from './schedules';
import { secretRotation } from './secret-rotation';
import { signInProvider } from './sign-in-provider';
import { sweep } from './sweep';
import { versions } from './versions';
import { weakSecrets } from './weak-secrets';
import { webhookConsumer } from './webhook-consumer';
import { webhookDeliveries } from './webhook-deliveries';
import { webhookDuplicates } from './webhook-duplicates';
import { webhookEventTypes } from './webhook-event-types';
import { webhookFilter } from './webhook-filter';
import { worker } from './worker';

/** Every check, in the order in which they are shown. */
export const checks: Check[] = [
  environment,
  appUrl,
  codatReachable,
  codatKey,
  codatPlan,
  codatQuota,
  clockCodat,
  redirectUrl,
  webhookConsumer,
  webhookEventTypes,
  webhookFilter,
  webhookDuplicates,
  webhookDeliveries,
  weakSecrets,
  secretRotation,
  signInProvider,
  proxyHops,
  mail,
  database,
  migrations,
  databaseExtensions,
  connections,
  clockDatabase,
  worker,
  schedules,
  sweep,
  versions,
];
