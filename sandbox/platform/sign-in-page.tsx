/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { Integration } from '@/sandbox/integrations/catalogue';
import { PlatformHeading } from '@/sandbox/link/layout';
import { Document } from '@/sandbox/pages/document';

function PlatformPage({ title, name, children }: { title: string; name: string; children: Child }) {
  return (
    <Document title={title} stylesheet="/assets/link.css" bodyClass="platform">
      <header>
        <strong>{name}</strong>
        <span>Sign-in stand-in</span>
      </header>
      <main>{children}</main>
      <footer>
        A stand-in for the platform's own pages. There’s nothing to type: choose what the person
        does.
      </footer>
    </Document>
  );
}

interface SignInProps {
  integration: Integration;
  organisations: string[];
  clientName: string;
  action: string;
}

/** Where the person authorizes, cancels, or meets a failure. */
export function SignInPage({ integration, organisations, clientName, action }: SignInProps) {
  const { key, name } = integration;
  return (
    <PlatformPage title={`Sign in to ${name}`} name={name}>
      <PlatformHeading platformKey={key}>Sign in to {name}</PlatformHeading>
      <p>
        Codat, on behalf of {clientName}, asks to read data from {name}.
      </p>
      <form method="post" action={action}>
        <label for="organisation">Organisation</label>
        <select id="organisation" name="organisation">
          {organisations.map((organisation) => (
            <option key={organisation} value={organisation}>
              {organisation}
            </option>
          ))}
        </select>
        <div class="buttons">
          <button type="submit" name="action" value="authorize">
            Authorize
          </button>
          <button type="submit" name="action" value="cancel" class="plain">
            Cancel
          </button>
          <button type="submit" name="action" value="fail" class="plain">
            Simulate a failure
          </button>
        </div>
      </form>
    </PlatformPage>
  );
}

/** A page that says one thing. */
export function PlatformNotice({ heading, text }: { heading: string; text: string }) {
  return (
    <PlatformPage title={heading} name="Platform">
      <h1>{heading}</h1>
      <p>{text}</p>
    </PlatformPage>
  );
}
