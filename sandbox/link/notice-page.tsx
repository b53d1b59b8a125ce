/** @jsxImportSource hono/jsx */
import { LinkPage } from './layout';

interface Notice {
  clientName: string;
  heading: string;
  text: string;
}

/** A page that says one thing and offers nothing. */
export function NoticePage({ clientName, heading, text }: Notice) {
  return (
    <LinkPage title={heading} clientName={clientName}>
      <h1>{heading}</h1>
      <p>{text}</p>
    </LinkPage>
  );
}
