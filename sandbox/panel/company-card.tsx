/** @jsxImportSource hono/jsx */

import { INTEGRATIONS, requireIntegration } from '@/sandbox/integrations/catalogue';
import { PlatformLogo } from '@/sandbox/pages/platform-logo';
import type { Company } from '@/sandbox/records/company-record';
import { type Connection, STATUSES } from '@/sandbox/records/connection-record';
import { toSecondsIso } from '@/sandbox/timestamps';
import { PostButton } from './panel-page';

function ConnectionActions({ connection, back }: { connection: Connection; back: string }) {
  const { name } = requireIntegration(connection.platformKey);
  const path = `/_sandbox/connections/${connection.id}`;
  const isLinked = connection.status === 'Linked';
  return (
    <div class="actions">
      {isLinked ? (
        <>
          <PostButton action={`${path}/deauthorize`} back={back}>
            Revoke access at {name}
          </PostButton>
          <PostButton action={`${path}/unlink`} back={back}>
            Unlink
          </PostButton>
          <PostButton action={`${path}/read`} back={back}>
            Read again
          </PostButton>
          <PostButton action={`${path}/read`} back={back} fields={{ status: 'FetchError' }}>
            Fail a read
          </PostButton>
          <PostButton action={`${path}/stop`} back={back}>
            Stop reading
          </PostButton>
          <PostButton action={`${path}/error`} back={back}>
            Add an error
          </PostButton>
        </>
      ) : (
        <PostButton action={`${path}/authorize`} back={back}>
          {connection.status === 'PendingAuth' ? 'Finish authorizing' : 'Authorize again'}
        </PostButton>
      )}
      <PostButton action={`${path}/fail`} back={back}>
        Fail the authorization
      </PostButton>
      <PostButton action={`${path}/delete`} back={back} kind="danger">
        Delete
      </PostButton>
    </div>
  );
}

function ConnectionLine({ connection, back }: { connection: Connection; back: string }) {
  const { name, key } = requireIntegration(connection.platformKey);
  const error = connection.errors.findLast(({ status }) => status === 'Active');
  return (
    <li>
      <PlatformLogo platformKey={key} size={32} />
      <div class="grow">
        <strong>{name}</strong> ·{' '}
        <span class={`status ${connection.status}`}>{connection.status}</span>
        {connection.lastSyncMs !== null && (
          <span class="soft"> · read {toSecondsIso(connection.lastSyncMs)}</span>
        )}
        <br />
        <code class="soft">{connection.id}</code>
        {error && <div class="soft">{`${error.statusCode}: ${error.errorMessage}`}</div>}
      </div>
      <ConnectionActions connection={connection} back={back} />
    </li>
  );
}

function AddConnection({ company, back }: { company: Company; back: string }) {
  const [platformId, statusId] = [`platform-${company.id}`, `status-${company.id}`];
  return (
    <form method="post" action={`/_sandbox/companies/${company.id}/connections`} class="line">
      <input type="hidden" name="back" value={back} />
      <div>
        <label for={platformId}>Platform</label>
        <select id={platformId} name="platformKey">
          {INTEGRATIONS.filter(({ enabled }) => enabled).map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for={statusId}>Status</label>
        <select id={statusId} name="status">
          {STATUSES.map((status) => (
            <option key={status} value={status} selected={status === 'Linked'}>
              {status}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">Add connection</button>
    </form>
  );
}

interface CompanyCardProps {
  company: Company;
  connections: readonly Connection[];
  back: string;
}

/** A company with its connections and everything that can happen to them. */
export function CompanyCard({ company, connections, back }: CompanyCardProps) {
  const heading = `company-${company.id}`;
  const tags = Object.entries(company.tags ?? {});
  return (
    <article class="card" aria-labelledby={heading}>
      <div class="head">
        <div>
          <h2 id={heading}>
            <a href={`/_sandbox/companies/${company.id}`}>{company.description || company.name}</a>
          </h2>
          <p class="soft">
            Name {company.name} · id <code>{company.id}</code>
            {tags.map(([key, value]) => (
              <span key={key}>
                {' '}
                · {key}: {value}
              </span>
            ))}
          </p>
        </div>
        <div class="actions">
          <PostButton action={`/_sandbox/companies/${company.id}/open`} back={back} kind="main">
            Open Hosted Link
          </PostButton>
          <PostButton action={`/_sandbox/companies/${company.id}/delete`} back={back} kind="danger">
            Delete company
          </PostButton>
        </div>
      </div>
      {connections.length > 0 ? (
        <ul class="connections">
          {connections.map((connection) => (
            <ConnectionLine key={connection.id} connection={connection} back={back} />
          ))}
        </ul>
      ) : (
        <p class="soft">No connections.</p>
      )}
      <AddConnection company={company} back={back} />
    </article>
  );
}
