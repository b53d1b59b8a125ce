/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';

interface DocumentProps {
  title: string;
  stylesheet: string;
  bodyClass?: string;
  children: Child;
}

/** The outermost frame of every page that the sandbox serves. */
export function Document({ title, stylesheet, bodyClass, children }: DocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={stylesheet} />
      </head>
      <body class={bodyClass}>{children}</body>
    </html>
  );
}
