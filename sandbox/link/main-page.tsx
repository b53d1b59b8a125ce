/** @jsxImportSource hono/jsx */

import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { PlatformLogo } from '@/sandbox/pages/platform-logo';
import type { Connection, ConnectionStatus } from '@/sandbox/records/connection-record';
import { CATEGORIES, type Category } from './categories';
import { LinkPage } from './layout';

const STATUS_WORDS: Record<ConnectionStatus, { text: string; mark: string }> = {
  Linked: { text: 'Connected', mark: 'good' },
  PendingAuth: { text: 'Not finished yet', mark: '' },
  Unlinked: { text: 'Disconnected', mark: '' },
  Deauthorized: { text: 'Access was lost', mark: 'bad' },
};

function ConnectionAction({ base, connection }: { base: string; connection: Connection }) {
  const { name } = requireIntegration(connection.platformKey);
  const path = `${base}/connections/${connection.id}`;
  if (connection.status === 'Linked') {
    return (
      <a class="button plain small" href={`${path}/disconnect`}>
        Disconnect {name}
      </a>
    );
  }
  return (
    <form method="post" action={`${path}/authorize`}>
      <button type="submit" class="small">
        {connection.status === 'PendingAuth' ? 'Finish connecting' : 'Reconnect'} {name}
      </button>
    </form>
  );
}

function ConnectionTile({ base, connection }: { base: string; connection: Connection }) {
  const { name, key } = requireIntegration(connection.platformKey);
  const { text, mark } = STATUS_WORDS[connection.status];
  return (
    <li class="tile row">
      <PlatformLogo platformKey={key} size={36} />
      <span class="grow">
        {name}
        <small class={`mark ${mark}`}>{text}</small>
      </span>
      <span class="actions">
        <ConnectionAction base={base} connection={connection} />
      </span>
    </li>
  );
}

interface SectionProps {
  base: string;
  category: Category;
  connections: readonly Connection[];
}

function CategorySection({ base, category, connections }: SectionProps) {
  const own = connections.filter(
    ({ platformKey }) => requireIntegration(platformKey).sourceType === category.sourceType,
  );
  const replaces =
    category.sourceType === 'Accounting' && own.some(({ status }) => status === 'Linked');
  return (
    <section aria-labelledby={category.sourceType}>
      <h2 id={category.sourceType}>{category.heading}</h2>
      <ul class="tiles">
        {own.map((connection) => (
          <ConnectionTile key={connection.id} base={base} connection={connection} />
        ))}
        <li>
          <a class="tile" href={`${base}/platforms?category=${category.sourceType}`}>
            {replaces ? 'Replace accounting software' : category.action}
          </a>
        </li>
      </ul>
    </section>
  );
}

interface MainPageProps {
  clientName: string;
  base: string;
  connections: readonly Connection[];
}

/** What can be connected and what already is; *Complete* ends the flow. */
export function MainPage({ clientName, base, connections }: MainPageProps) {
  return (
    <LinkPage title="Connect your business data" clientName={clientName}>
      <h1>Connect your business data</h1>
      <p class="soft">
        {clientName} asks for access to the software below. Connect what you use, in any order.
      </p>
      {CATEGORIES.map((category) => (
        <CategorySection
          key={category.sourceType}
          base={base}
          category={category}
          connections={connections}
        />
      ))}
      <div class="buttons">
        <form method="post" action={`${base}/complete`}>
          <button type="submit">Complete</button>
        </form>
        <a href={`${base}/leave`}>Leave without finishing</a>
      </div>
    </LinkPage>
  );
}
