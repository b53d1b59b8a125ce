import { Notice } from '@/components/ui/notice';
import type { ConnectionSummary } from '@/lib/connections/schemas';
import { t } from '@/messages/connections';

type Props = { connections: ConnectionSummary[]; brandName: string };

export function AttentionBanner({ connections, brandName }: Props) {
  const count = connections.filter(({ status }) => status === 'Deauthorized').length;
  if (count === 0) return null;
  return (
    <Notice tone="warn" title={t('attention.title', { count })} className="mb-6">
      <p>{t('attention.text', { brand: brandName })}</p>
    </Notice>
  );
}
