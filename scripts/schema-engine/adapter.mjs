import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, DriverAdapterError } from "@prisma/driver-adapter-utils";
import { connectionOf, runBeside, runOn } from "./connections.mjs";

const CHAR = 18; // the catalog type "char", which adapter-pg does not know
const TEXT = 25;
const charColumns = new Set();

const Result = createRequire(import.meta.url)("pg/lib/result");
const { addFields } = Result.prototype;
Result.prototype.addFields = function (fields) {
  for (const field of fields) {
    if (field.dataTypeID !== CHAR) continue;
    field.dataTypeID = TEXT;
    charColumns.add(field.name);
  }
  return addFields.call(this, fields);
};

const asDriverError = ({ code, severity, message, detail, column, hint }) =>
  new DriverAdapterError({
    kind: "postgres",
    code,
    severity,
    message,
    detail,
    column,
    hint,
    originalCode: code,
    originalMessage: message,
  });

/** adapter-pg with two repairs: "char" columns are read as characters, and scripts are sent whole, not split at ";". */
function repaired(adapter) {
  const query = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    charColumns.clear();
    const result = await query(statement);
    for (const [i, name] of result.columnNames.entries()) {
      if (charColumns.has(name)) result.columnTypes[i] = ColumnTypeEnum.Character;
    }
    return result;
  };
  const begin = adapter.startTransaction?.bind(adapter);
  if (begin) {
    adapter.startTransaction = async (level) => repaired(await begin(level));
    adapter.executeScript = async (script) => {
      await adapter
        .underlyingDriver()
        .query(script)
        .catch((error) => {
          throw asDriverError(error);
        });
    };
  }
  return adapter;
}

/** Adapters handed out since the last `closeAll`. */
const open = [];

const handOut = (adapter) => {
  open.push(adapter);
  return adapter;
};

/** Ends the connections of every adapter handed out. */
export async function closeAll() {
  for (const adapter of open.splice(0)) {
    await adapter
      .underlyingDriver()
      .end()
      .catch(() => {});
  }
}

/** The shadow database that was named, emptied. */
async function namedShadow(url, shadowUrl) {
  const shadow = connectionOf(shadowUrl);
  if (shadow.database === connectionOf(url).database)
    throw new Error("shadowDatabaseUrl must be another database");
  await runOn(shadow, "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public");
  return handOut(repaired(await new PrismaPg(shadow).connect()));
}

/** A shadow database made for this once and dropped with the adapter. */
async function freshShadow(url) {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
  await runBeside(url, `CREATE DATABASE "${name}"`);
  const adapter = repaired(await new PrismaPg({ ...connectionOf(url), database: name }).connect());
  adapter.underlyingDriver().on("error", () => {});
  adapter.dispose = async () => {
    await adapter
      .underlyingDriver()
      .end()
      .catch(() => {});
    await runBeside(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  };
  return adapter;
}

/** Connections for the schema engine: to the database of `url`, and to a shadow of it (adapter-pg would use `url` itself). */
export function adapterFactory({ url, shadowDatabaseUrl }) {
  const schema = url ? (new URL(url).searchParams.get("schema") ?? undefined) : undefined;
  const factory = new PrismaPg(connectionOf(url), { schema });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => handOut(repaired(await connect()));
  factory.connectToShadowDb = () =>
    shadowDatabaseUrl ? namedShadow(url, shadowDatabaseUrl) : freshShadow(url);
  return factory;
}
