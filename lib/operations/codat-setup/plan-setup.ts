import 'server-only';
import type { WebhookConsumer } from '@/lib/codat/consumers';
import type { CodatProfile } from '@/lib/codat/profile';
import { missingParameters, redirectUrl } from '@/lib/linking/redirect-url';
import { portalEventTypes, webhookUrl } from '@/lib/webhooks/inbox/event-types';
import { judgeConsumers } from './judge-consumers';
import type { SetupStep } from './schemas';

/**
 * What is to be done at Codat so that it fits this portal; nothing when it does. There is no way to
 * change a consumer: the right one is made first, then those that are not right go, so that Codat
 * always has one to send to. Consumers that lead elsewhere are left alone, and so are several right
 * ones: which of their signing secrets the portal has, no API tells.
 */
export function planSetup(
  profile: CodatProfile,
  consumers: WebhookConsumer[],
  appUrl: string,
): SetupStep[] {
  const own = judgeConsumers(consumers, appUrl);
  const fits = missingParameters(profile.redirectUrl, appUrl)?.length === 0;
  const wrong = own.filter(({ isRight }) => !isRight);
  return [
    ...(fits
      ? []
      : [
          {
            kind: 'set-redirect-url' as const,
            from: profile.redirectUrl,
            to: redirectUrl(appUrl),
          },
        ]),
    ...(own.length > wrong.length
      ? []
      : [
          {
            kind: 'create-consumer' as const,
            url: webhookUrl(appUrl),
            eventTypes: portalEventTypes,
          },
        ]),
    ...wrong.map(({ id, disabled, companyTags, missingTypes }) => ({
      kind: 'delete-consumer' as const,
      id,
      disabled,
      filtered: companyTags.length > 0,
      missingTypes,
    })),
  ];
}
