import 'server-only';
import { judgeConsumers, type OwnConsumer } from '@/lib/operations/codat-setup/judge-consumers';
import { CannotTell, type CheckContext } from './check';
import { askLook, requireSetting } from './requirements';

/** The consumers at Codat that lead to this portal, each judged. @throws CannotTell */
export async function askOwnConsumers(context: CheckContext): Promise<OwnConsumer[]> {
  const appUrl = requireSetting(context, 'APP_URL');
  return judgeConsumers(await askLook(context, (codat) => codat.consumers()), appUrl);
}

/** The one that counts: right, else enabled, else any. @throws CannotTell when there is none. */
export async function requireOwnConsumer(context: CheckContext): Promise<OwnConsumer> {
  const own = await askOwnConsumers(context);
  const consumer =
    own.find(({ isRight }) => isRight) ?? own.find(({ disabled }) => !disabled) ?? own[0];
  if (!consumer) throw new CannotTell('consumer');
  return consumer;
}
