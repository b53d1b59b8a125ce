import { useT } from '#i18n';
import { ChoiceLinks } from '@/app/(admin)/admin/_components/choice-links';
import { hrefOf } from '@/components/href';
import { ConnectionStatus } from '@/components/status/connection-status';
import { type ConnectionListInput, defaultStatus, sinceDays } from '@/lib/connections/schemas';
import { connectionStates, knownState } from '@/lib/connections/types';

/** Address of the list with these filters. */
export function connectionsHref(input: ConnectionListInput) {
  return hrefOf('/admin/connections', input, { status: defaultStatus });
}

type Props = { input: ConnectionListInput; platformName: string | undefined };

export function ConnectionFilters({ input, platformName }: Props) {
  const t = useT('adminOverview');
  const shown = knownState(input.status) ? connectionStates : [...connectionStates, input.status];
  const { platform } = input;
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-3">
      <ChoiceLinks
        label={t('connectionList.filter')}
        choices={shown.map((status) => ({
          key: status,
          href: connectionsHref({ ...input, status }),
          current: input.status === status,
          text: knownState(status) ? <ConnectionStatus status={status} /> : status,
        }))}
      />
      <ChoiceLinks
        label={t('connectionList.ages')}
        choices={[undefined, ...sinceDays].map((since) => ({
          key: since ?? '',
          href: connectionsHref({ ...input, since }),
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
              href: connectionsHref(input),
              current: true,
              text: platform === '-' ? t('connectionList.noPlatform') : (platformName ?? platform),
            },
            {
              key: 'all',
              href: connectionsHref({ ...input, platform: undefined }),
              current: false,
              text: t('connectionList.allPlatforms'),
            },
          ]}
        />
      ) : null}
    </div>
  );
}
