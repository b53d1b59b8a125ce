import type { LinkOutcome } from '@/lib/linking/schemas';
import { translator } from '@/messages/translator';

const t = translator('connect');

export function outcomeTitle({ kind, connection }: LinkOutcome): string {
  if (kind !== 'connected') return t(`done.${kind}`);
  return connection
    ? t('done.connected', { platform: connection.platformName })
    : t('done.connectedUnknown');
}
