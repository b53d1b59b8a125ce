import { ChoiceLinks } from '@/app/(admin)/admin/_components/choice-links';
import { ConnectionStatus } from '@/components/status/connection-status';
import { type ConnectionListInput, sinceDays } from '@/lib/connections/list-schemas';
import { knownStatus } from '@/lib/connections/schemas';
import { t } from '@/messages/admin-overview';
import { listHref } from './list-href';

const statuses = ['Deauthorized', 'PendingAuth', 'Linked', 'Unlinked'];

type Props = { input: ConnectionListInput; platformName: string | undefined };

export function ConnectionFilters({ input, platformName }: Props) {
  const shown = knownStatus(input.status) ? statuses : [...statuses, input.status];
  const { platform } = input;
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3">
      <ChoiceLinks
        label={t('connectionList.filter')}
        choices={shown.map((status) => ({
          key: status,
          href: listHref({ ...input, status }),
          current: input.status === status,
          text: knownStatus(status) ? <ConnectionStatus status={status} /> : status,
        }))}
      />
      <ChoiceLinks
        label={t('connectionList.ages')}
        choices={[undefined, ...sinceDays].map((since) => ({
          key: since ?? '',
          href: listHref({ ...input, since }),
          current: input.since === since,
          text: since
            ? t('connectionList.age', { days: Number(since) })
            : t('connectionList.anyAge'),
        }))}
      />
      {platform ? (
        <ChoiceLinks
          label={t('connectionList.platform')}
          choices={[
            {
              key: 'one',
              href: listHref(input),
              current: true,
              text: platform === '-' ? t('connectionList.noPlatform') : (platformName ?? platform),
            },
            {
              key: 'all',
              href: listHref({ ...input, platform: undefined }),
              current: false,
              text: t('connectionList.allPlatforms'),
            },
          ]}
        />
      ) : null}
    </div>
  );
}
