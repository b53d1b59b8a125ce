import 'server-only';
import {
  createConsumer,
  deleteConsumer,
  listConsumers,
  type WebhookConsumer,
} from '@/lib/codat/consumers';
import { CodatError } from '@/lib/codat/errors';
import { getProfile, saveRedirectUrl } from '@/lib/codat/profile';
import type { CodatAccess } from '@/lib/codat/transport';
import type { SetupStep } from './kept-plan';
import { judgeConsumers, planSetup } from './plan-setup';

/** The Codat client, and the address of the portal that it is to fit. */
export type SetupTarget = { access: CodatAccess; appUrl: string };

/** Looks at Codat and says what is to be done there. Changes nothing. @throws CodatError */
export async function readPlan({ access, appUrl }: SetupTarget): Promise<SetupStep[]> {
  const [profile, consumers] = await Promise.all([getProfile(access), listConsumers(access)]);
  return planSetup(profile, consumers, appUrl);
}

/** Does one step of a plan that was read a moment ago. @throws CodatError */
export async function applyStep(target: SetupTarget, step: SetupStep): Promise<void> {
  const { access } = target;
  if (step.kind === 'set-redirect-url') {
    // Every other field is sent back as it is now.
    await saveRedirectUrl(access, await getProfile(access), step.to);
  }
  if (step.kind === 'create-consumer') await createOnce(target, step);
  if (step.kind === 'delete-consumer') await deleteWrong(target, step.id);
}

type CreateStep = Extract<SetupStep, { kind: 'create-consumer' }>;

/** After no answer the consumer may still exist: look it up, do not create it again. */
async function createOnce(target: SetupTarget, { url, eventTypes }: CreateStep): Promise<void> {
  await createConsumer(target.access, { url, eventTypes }).catch(async (error: unknown) => {
    const unclear = error instanceof CodatError && error.asked && error.kind !== 'status';
    if (!unclear || !(await hasRightConsumer(target))) throw error;
  });
}

/** Takes a wrong one away only while there is a right one. */
async function deleteWrong(target: SetupTarget, id: string): Promise<void> {
  if (!(await hasRightConsumer(target))) {
    throw new CodatError('malformed', 'the new webhook consumer is not in the list of Codat');
  }
  await deleteConsumer(target.access, id);
}

async function hasRightConsumer({ access, appUrl }: SetupTarget): Promise<boolean> {
  const consumers: WebhookConsumer[] = await listConsumers(access);
  return judgeConsumers(consumers, appUrl).some(({ isRight }) => isRight);
}
