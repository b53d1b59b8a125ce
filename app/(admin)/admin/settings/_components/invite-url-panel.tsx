import { useT } from '#i18n';
import { Card } from '@/components/ui/card';
import type { InviteUrl } from '@/lib/settings/link-settings';
import { InviteUrlForm } from './settings-forms';

type Props = { inviteUrl: InviteUrl; mayWrite: boolean };

/** The client's Invite company URL, with the two conditions under which Codat advises it. */
export function InviteUrlPanel({ inviteUrl: { url, isHidden }, mayWrite }: Props) {
  const t = useT('settings');
  return (
    <Card className="p-4 sm:p-5">
      <h2 id="invite-url" className="font-semibold">
        {t('invite.title')}
      </h2>
      {isHidden ? (
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('invite.hidden')}</p>
      ) : (
        <>
          <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('invite.lead')}</p>
          <ul className="mt-2 list-disc space-y-1 ps-5 text-[0.9375rem]">
            <li>{t('invite.criterionMany')}</li>
            <li>{t('invite.criterionNoManaging')}</li>
          </ul>
          <p className="mt-2 text-[0.9375rem] text-ink-muted">{t('invite.instead')}</p>
          <Kept url={url} />
          {mayWrite ? <InviteUrlForm hasUrl={url !== null} /> : null}
        </>
      )}
    </Card>
  );
}

function Kept({ url }: { url: string | null }) {
  const t = useT('settings');
  if (!url) return <p className="mt-4 text-[0.9375rem] font-medium">{t('invite.none')}</p>;
  return (
    <div className="mt-4 space-y-1">
      <p className="text-sm font-medium">{t('invite.kept')}</p>
      <code className="block rounded-lg bg-sunken px-3 py-2 font-mono text-sm break-all select-all">
        {url}
      </code>
      <p className="text-sm text-ink-muted">{t('invite.customization')}</p>
    </div>
  );
}
