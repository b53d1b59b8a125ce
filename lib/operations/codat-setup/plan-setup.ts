import 'server-only';
import type { WebhookConsumer } from '@/lib/codat/consumers';
import type { CodatProfile } from '@/lib/codat/profile';
import type { MessageRef } from '@/lib/form-state';
import { missingParameters, redirectUrl } from '@/lib/linking/redirect-url';
import { portalEventTypes, webhookUrl } from '@/lib/webhooks/inbox/event-types';
import type { SetupStep } from './kept-plan';

/**
 * The steps that make Codat fit this portal; none when it already does. Consumers can't be changed:
 * the right one is created first, then the wrong ones are deleted, so that Codat always has one to
 * send to. Consumers for other URLs stay untouched, and so do several right ones, because no API says
 * which of their signing secrets the portal has.
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

/** A consumer with the portal's own address, and what it lacks. */
export type OwnConsumer = WebhookConsumer & { missingTypes: string[]; isRight: boolean };

/**
 * Picks out the consumers that lead to the portal and judges each; those of others are left out.
 * Right is: enabled, for all companies, and with every event type by name.
 */
export function judgeConsumers(consumers: WebhookConsumer[], appUrl: string): OwnConsumer[] {
  const own = new URL(webhookUrl(appUrl)).href;
  return consumers
    .filter(({ url }) => URL.canParse(url) && new URL(url).href === own)
    .map((consumer) => {
      const missingTypes = portalEventTypes.filter((type) => !consumer.eventTypes.includes(type));
      const isRight =
        !consumer.disabled && consumer.companyTags.length === 0 && missingTypes.length === 0;
      return { ...consumer, missingTypes, isRight };
    });
}

/** A step as a sentence. */
export function describeStep(step: SetupStep): MessageRef {
  if (step.kind === 'set-redirect-url') {
    const { from, to } = step;
    return from === ''
      ? { messageKey: 'settings.setup.setRedirectUrl', params: { to } }
      : { messageKey: 'settings.setup.changeRedirectUrl', params: { from, to } };
  }
  if (step.kind === 'create-consumer') {
    const { url, eventTypes } = step;
    return {
      messageKey: 'settings.setup.createConsumer',
      params: { url, count: eventTypes.length },
    };
  }
  const { id, disabled, filtered, missingTypes } = step;
  const why = disabled ? 'disabled' : filtered ? 'filtered' : 'incomplete';
  return {
    messageKey: 'settings.setup.deleteConsumer',
    params: { id, why, names: missingTypes.join(', ') },
  };
}
