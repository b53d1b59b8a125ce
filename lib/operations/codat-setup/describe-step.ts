import type { MessageRef } from '@/lib/form-state';
import type { SetupStep } from './schemas';

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
