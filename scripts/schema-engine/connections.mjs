import pg from "pg";

/** The url in single fields: an adapter given a connection string would ignore the `database` beside it. */
export function connectionOf(url) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const isEncrypted = /require|verify|prefer/.test(searchParams.get("sslmode") ?? "");
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    options: "-c TimeZone=UTC",
    max: 1,
    ssl: isEncrypted ? { rejectUnauthorized: false } : undefined,
  };
}

/** Runs `script` on one connection of its own. */
export async function runOn(connection, script) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await client.query(script);
  } finally {
    await client.end();
  }
}

/** Runs `script` beside the database of `url`: statements that create or drop it. */
export const runBeside = (url, script) => runOn({ ...connectionOf(url), database: "postgres" }, script);

/** The name of the url's database, quoted for SQL. */
export const quotedDatabase = (url) => pg.escapeIdentifier(connectionOf(url).database);
