/** @jsxImportSource hono/jsx */
import type { Integration } from '@/sandbox/integrations/catalogue';
import { PlatformLogo } from '@/sandbox/pages/platform-logo';
import type { Category } from './categories';
import { LinkPage } from './layout';

function PlatformTiles({ base, integrations }: { base: string; integrations: Integration[] }) {
  return (
    <ul class="tiles">
      {integrations.map(({ key, name }) => (
        <li key={key}>
          <a class="tile" href={`${base}/platforms/${key}`}>
            <PlatformLogo platformKey={key} size={36} />
            <span class="grow">{name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

interface PlatformListProps {
  clientName: string;
  base: string;
  category: Category | null;
  search: string;
  integrations: Integration[];
}

/** The choice of a platform, with a search that works without scripts. */
export function PlatformListPage({
  clientName,
  base,
  category,
  search,
  integrations,
}: PlatformListProps) {
  const heading = category?.selection ?? 'Select your platform';
  const supported = integrations.filter(({ enabled }) => enabled);
  const unsupported = integrations.filter(({ enabled }) => !enabled);
  return (
    <LinkPage title={heading} clientName={clientName}>
      <h1>{heading}</h1>
      <form method="get" action={`${base}/platforms`} class="search">
        {category && <input type="hidden" name="category" value={category.sourceType} />}
        <div>
          <label for="q">Search platforms</label>
          <input id="q" name="q" type="search" value={search} autocomplete="off" />
        </div>
        <button type="submit" class="plain">
          Search
        </button>
      </form>
      {supported.length > 0 && <PlatformTiles base={base} integrations={supported} />}
      {integrations.length === 0 && <p>No platform has a name like “{search}”.</p>}
      {unsupported.length > 0 && (
        <>
          <h2>Not supported by {clientName}</h2>
          <PlatformTiles base={base} integrations={unsupported} />
        </>
      )}
      <div class="buttons">
        <a href={base}>Back</a>
        <a href={`${base}/unsupported`}>My software is not listed</a>
      </div>
    </LinkPage>
  );
}
