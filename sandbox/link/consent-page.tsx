/** @jsxImportSource hono/jsx */
import type { Integration } from '@/sandbox/integrations/catalogue';
import { dataTypesOf } from '@/sandbox/integrations/integration-json';
import { LinkPage, PlatformHeading } from './layout';

interface ConsentProps {
  clientName: string;
  base: string;
  integration: Integration;
  /** Name of the accounting software that this one would replace. */
  replaces: string | null;
}

/** What the person agrees to; *Next* creates the connection and leads to the platform. */
export function ConsentPage({ clientName, base, integration, replaces }: ConsentProps) {
  const { key, name, sourceType } = integration;
  const sections = [
    ['Purpose', `${clientName} uses the data to understand how your business is doing.`],
    ['Access', `${clientName} reads your data. Access lasts until you or ${clientName} end it.`],
    ['Account information', `The name and the settings of your business at ${name}.`],
    ['Platform data', `From ${name}: ${dataTypesOf(sourceType).join(', ')}.`],
    ['Retention', `Data already read stays with ${clientName} after you disconnect.`],
  ];
  return (
    <LinkPage title={`Connect to ${name}`} clientName={clientName}>
      <PlatformHeading platformKey={key}>Connect to {name}</PlatformHeading>
      <p>
        You will be asked to sign in to your {name} account and to authorize {clientName} to see the
        following.
      </p>
      {replaces && (
        <p class="mark bad">
          {replaces} is connected now. It will be disconnected once {name} is connected.
        </p>
      )}
      {sections.map(([title, text], i) => (
        <details key={title} open={i === 0}>
          <summary>{title}</summary>
          <p>{text}</p>
        </details>
      ))}
      <p class="soft">By pressing Next you allow Codat to hand this data to {clientName}.</p>
      <div class="buttons">
        <form method="post" action={`${base}/platforms/${key}`}>
          <button type="submit">Next</button>
        </form>
        <a href={`${base}/platforms`}>Choose another platform</a>
        <a href={`${base}/leave`}>Leave without finishing</a>
      </div>
    </LinkPage>
  );
}
