import { type ConnectionSummary, knownStatus } from '@/lib/connections/schemas';
import { t } from '@/messages/connections';

type Props = { connection: ConnectionSummary; brandName: string };

/** What a status means for the data, why it came to it and who can put it right. */
export function ConnectionProblem({ connection, brandName }: Props) {
  const status = knownStatus(connection.status);
  if (status === 'Linked') return null;
  const values = { platform: connection.platformName, brand: brandName };
  const why =
    connection.sourceType === 'Banking'
      ? 'explain.DeauthorizedWhyBanking'
      : 'explain.DeauthorizedWhy';
  const reported = status === 'Unlinked' ? null : connection.problem?.message;
  return (
    <div className="space-y-1.5 text-[0.9375rem] text-ink-muted">
      <p>{t(`explain.${status ?? 'unknown'}`, values)}</p>
      {status === 'Deauthorized' ? <p>{t(why, values)}</p> : null}
      {reported ? <p className="text-sm">{t('explain.reported', { message: reported })}</p> : null}
    </div>
  );
}
