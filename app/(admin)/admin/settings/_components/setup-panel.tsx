import { Card } from '@/components/ui/card';
import type { SetupStep } from '@/lib/operations/codat-setup/kept-plan';
import { describeStep } from '@/lib/operations/codat-setup/plan-setup';
import { getMessageText, getT } from '@/messages/server/get-t';
import { SetupForm } from './settings-forms';

type Props = { plan: SetupStep[]; planName: string; mayWrite: boolean };

/** What the portal can fix at Codat, with the one button that does it. */
export async function SetupPanel({ plan, planName, mayWrite }: Props) {
  const messageText = await getMessageText();
  const t = await getT('settings');
  if (plan.length === 0) return null;
  const sentences = plan.map(describeStep);
  const makesSecret = plan.some(({ kind }) => kind === 'create-consumer');
  return (
    <Card className="p-4 sm:p-5">
      <h2 className="font-semibold">{t('setup.title')}</h2>
      <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('setup.lead')}</p>
      <ol className="mt-3 list-decimal space-y-1.5 ps-5 text-[0.9375rem]">
        {sentences.map(({ messageKey, params }) => {
          const sentence = messageText(messageKey, params);
          return (
            <li key={sentence} className="wrap-anywhere">
              {sentence}
            </li>
          );
        })}
      </ol>
      {makesSecret ? (
        <p className="mt-3 text-[0.9375rem] text-ink-muted">{t('setup.newSecret')}</p>
      ) : null}
      {mayWrite ? (
        <SetupForm planName={planName} />
      ) : (
        <p className="mt-4 text-[0.9375rem] font-medium">{t('setup.adminOnly')}</p>
      )}
    </Card>
  );
}
