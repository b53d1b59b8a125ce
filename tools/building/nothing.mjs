// Stands in for the package `server-only` in bundles made outside of Next.js.
export {};
