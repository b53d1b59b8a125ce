import type { LinkOutcome } from '@/lib/linking/schemas';
import { t } from '@/messages/connect';

export function outcomeTitle({ kind, connection }: LinkOutcome): string {
  if (kind !== 'connected') return t(`done.${kind}`);
  return connection
    ? t('done.connected', { platform: connection.platformName })
    : t('done.connectedUnknown');
}
