/** @jsxImportSource hono/jsx */

import type { listFaults } from '@/sandbox/api/faults';
import { listAssumptions } from '@/sandbox/assumptions';
import type { Profile } from '@/sandbox/profile';
import type { Settings } from '@/sandbox/settings';
import type { Consumer } from '@/sandbox/webhooks/consumers';
import { PanelPage, PostButton } from './panel-page';
import { SettingsForm } from './settings-form';

const HERE = '/_sandbox/settings';

function FaultsSection({ faults }: { faults: ReturnType<typeof listFaults> }) {
  return (
    <section class="card" aria-labelledby="faults">
      <h2 id="faults">Faults of the API</h2>
      {faults.length === 0 && <p class="soft">None: every call gets its normal answer.</p>}
      <ul>
        {faults.map((fault, i) => (
          <li key={String(i)}>
            <code>{JSON.stringify(fault)}</code>
          </li>
        ))}
      </ul>
      <form method="post" action="/_sandbox/faults" class="line">
        <input type="hidden" name="back" value={HERE} />
        <div>
          <label for="fault-path">Path</label>
          <input id="fault-path" name="path" value="/companies" required />
        </div>
        <div>
          <label for="fault-status">Status (empty: dropped)</label>
          <input id="fault-status" name="status" type="number" min="200" max="599" value="503" />
        </div>
        <div>
          <label for="fault-times">Calls</label>
          <input id="fault-times" name="times" type="number" min="1" value="1" />
        </div>
        <button type="submit">Add fault</button>
      </form>
      <div class="actions">
        <PostButton action="/_sandbox/faults/clear" back={HERE}>
          Clear faults
        </PostButton>
      </div>
    </section>
  );
}

function AssumptionsSection({ settings }: { settings: Settings }) {
  const assumptions = listAssumptions(settings);
  return (
    <section class="card" aria-labelledby="assumptions">
      <h2 id="assumptions">Assumptions that Codat’s documents don’t cover</h2>
      <ul>
        {assumptions.map(({ claim, holds }) => (
          <li key={claim}>
            {claim}: <strong>{holds ? 'holds' : 'does not hold'}</strong>
          </li>
        ))}
      </ul>
      <div class="actions">
        <PostButton action="/_sandbox/assumptions" back={HERE} fields={{ hold: 'no' }}>
          Let none hold
        </PostButton>
        <PostButton action="/_sandbox/assumptions" back={HERE} fields={{ hold: 'yes' }}>
          Let all hold
        </PostButton>
      </div>
    </section>
  );
}

interface SettingsPageProps {
  settings: Settings;
  faults: ReturnType<typeof listFaults>;
  profile: Profile;
  consumers: { consumer: Consumer; secrets: string[] }[];
  note: string | undefined;
}

/** Switches, faults, and what Codat shows only in its own portal. */
export function SettingsPage({ settings, faults, profile, consumers, note }: SettingsPageProps) {
  return (
    <PanelPage title="Settings and faults" section={HERE} note={note}>
      <SettingsForm settings={settings} />
      <AssumptionsSection settings={settings} />
      <FaultsSection faults={faults} />
      <section class="card" aria-labelledby="client">
        <h2 id="client">Client</h2>
        <p>
          {profile.name} · redirect URL <code>{profile.redirectUrl || 'none'}</code>
        </p>
        {consumers.map(({ consumer, secrets }) => (
          <p key={consumer.id}>
            Webhook consumer <code>{consumer.url}</code>
            {consumer.disabled ? ' (disabled)' : ''} · signing secret{' '}
            <code>{secrets.join(' ')}</code>
          </p>
        ))}
      </section>
      <section class="card" aria-labelledby="reset">
        <h2 id="reset">Reset</h2>
        <p class="soft">Deletes every company, connection, delivery, fault and setting.</p>
        <PostButton action="/_sandbox/reset" back={HERE} kind="danger">
          Reset everything
        </PostButton>
      </section>
    </PanelPage>
  );
}
