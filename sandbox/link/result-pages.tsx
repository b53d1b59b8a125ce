/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { Integration } from '@/sandbox/integrations/catalogue';
import { LinkPage, PlatformHeading } from './layout';

interface ResultProps {
  clientName: string;
  base: string;
  integration: Integration;
  /** Whether the person came by a connection's own URL: then there is nothing else to choose. */
  isSingle: boolean;
}

/** After an authorization. */
export function ConnectedPage({ clientName, base, integration, isSingle }: ResultProps) {
  const { key, name } = integration;
  return (
    <LinkPage title={`${name} is connected`} clientName={clientName}>
      <PlatformHeading platformKey={key}>{`${name} is connected`}</PlatformHeading>
      <p>
        You have connected {name} to {clientName}.
      </p>
      <div class="buttons">
        <form method={isSingle ? 'post' : 'get'} action={isSingle ? `${base}/complete` : base}>
          <button type="submit">Continue</button>
        </form>
        {!isSingle && <a href={`${base}/platforms`}>Connect another account</a>}
      </div>
    </LinkPage>
  );
}

interface NotConnectedProps extends ResultProps {
  connectionId: string;
  reason: 'cancelled' | 'failed' | 'unfinished';
}

const REASONS: Record<NotConnectedProps['reason'], string> = {
  cancelled: 'You cancelled the authorization, so nothing is shared.',
  failed: 'The platform reported a problem, so nothing is shared. You can try again.',
  unfinished: 'The authorization is not finished, so nothing is shared.',
};

/** After a cancelled, failed or unfinished authorization. */
export function NotConnectedPage({
  clientName,
  base,
  integration,
  isSingle,
  ...rest
}: NotConnectedProps) {
  const { key, name } = integration;
  const heading =
    rest.reason === 'failed' ? `${name} could not be connected` : `${name} is not connected`;
  return (
    <LinkPage title={heading} clientName={clientName}>
      <PlatformHeading platformKey={key}>{heading}</PlatformHeading>
      <p role="status">{REASONS[rest.reason]}</p>
      <div class="buttons">
        <form method="post" action={`${base}/connections/${rest.connectionId}/authorize`}>
          <button type="submit">Retry</button>
        </form>
        {!isSingle && <a href={`${base}/platforms`}>Choose another platform</a>}
        <a href={`${base}/leave`}>Leave without finishing</a>
      </div>
    </LinkPage>
  );
}

/** The platform is linked already: nothing to do but to end with 201. */
export function AlreadyConnectedPage({ clientName, base, integration, isSingle }: ResultProps) {
  const { key, name } = integration;
  return (
    <LinkPage title={`${name} is already connected`} clientName={clientName}>
      <PlatformHeading platformKey={key}>{`${name} is already connected`}</PlatformHeading>
      <p>There is nothing left to do for {name}.</p>
      <div class="buttons">
        <form method="post" action={`${base}/complete`}>
          <button type="submit">Done</button>
        </form>
        {!isSingle && <a href={base}>Back</a>}
      </div>
    </LinkPage>
  );
}

interface QuestionProps {
  clientName: string;
  heading: string;
  children: Child;
  action: string;
  yes: string;
  no: string;
  back: string;
}

/** Asks before something that ends or stops. */
export function QuestionPage({
  clientName,
  heading,
  children,
  action,
  yes,
  no,
  back,
}: QuestionProps) {
  return (
    <LinkPage title={heading} clientName={clientName}>
      <h1>{heading}</h1>
      <p>{children}</p>
      <div class="buttons">
        <form method="post" action={action}>
          <button type="submit">{yes}</button>
        </form>
        <a href={back}>{no}</a>
      </div>
    </LinkPage>
  );
}

interface UnsupportedProps {
  clientName: string;
  base: string;
  name: string;
}

/** The platform is not one that this client supports; leaving ends with 501. */
export function UnsupportedPage({ clientName, base, name }: UnsupportedProps) {
  return (
    <LinkPage title={`${name} is not supported`} clientName={clientName}>
      <h1>{`${name} is not supported`}</h1>
      <p>
        {clientName} cannot connect to it yet. You can choose another platform, or leave and tell{' '}
        {clientName}.
      </p>
      <div class="buttons">
        <a href={`${base}/platforms`}>Choose another platform</a>
        <a href={`${base}/leave`}>Leave without finishing</a>
      </div>
    </LinkPage>
  );
}
