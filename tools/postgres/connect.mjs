/** A connected client; a database that hangs is given up after 5 s. Needs the installed packages. */
export async function connect(connectionString) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  // A connection that breaks later fails the query that uses it; unheard, it would end this process.
  client.on('error', () => {});
  await client.connect();
  return client;
}
