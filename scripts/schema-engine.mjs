#!/usr/bin/env node
// The Prisma CLI's schema engine: the native engine's JSON-RPC over stdio, served by the WASM build of the same version,
// because the native one is a download. prisma.config.ts names this file.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as wasm from "@prisma/schema-engine-wasm/schema_engine_bg";
import { adapterFactory, closeAll } from "./schema-engine/adapter.mjs";
import { connectionOf, quotedDatabase, runBeside, runOn } from "./schema-engine/connections.mjs";

const argv = process.argv.slice(2);
const valuesOf = (option) => argv.flatMap((one, i) => (one === option ? [argv[i + 1]] : []));

async function loadEngine() {
  const home = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const code = readFileSync(path.join(home, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": wasm });
  wasm.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** `cli can-connect-to-database | create-database | drop-database`, answered by the exit code. */
async function runCliCommand(url) {
  const command = argv[argv.indexOf("cli") + 1];
  try {
    if (command === "can-connect-to-database") await runOn(connectionOf(url), "SELECT 1");
    else if (command === "create-database") await runBeside(url, `CREATE DATABASE ${quotedDatabase(url)}`);
    else await runBeside(url, `DROP DATABASE IF EXISTS ${quotedDatabase(url)}`);
    process.exit(0);
  } catch ({ code, message }) {
    const error_code = { "3D000": "P1003", "28P01": "P1000" }[code] ?? "P1001";
    const entry = { level: "ERROR", target: "schema_engine::logger", fields: { message, error_code } };
    // The CLI skips the first line and allows no newline after the last.
    const lines = ['{"level":"INFO","fields":{"message":"start"}}', JSON.stringify(entry)];
    process.stderr.write(lines.join("\n"), () => process.exit(1));
  }
}

/** Answers one method; the engine lives as long as the request. */
async function answer(method, params, datasource) {
  if (method === "createDatabase") {
    await runBeside(datasource.url, `CREATE DATABASE ${quotedDatabase(datasource.url)}`);
    return { databaseName: connectionOf(datasource.url).database };
  }
  const datamodels = valuesOf("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
  const engine = await wasm.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory(datasource)),
  );
  if (method === "evaluateDataLoss" || method === "createMigration") {
    // These only read the migrations' end state, which devDiagnostic notes on the same engine.
    await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters });
  }
  return method === "getDatabaseVersion" ? engine.version(params) : engine[method](params);
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

async function handle({ id, method, params = {} }, datasource) {
  try {
    const result = await answer(method, params, datasource);
    if (method === "diff" && result.stdout != null) {
      send({ id: "print", method: "print", params: { content: result.stdout } });
      result.stdout = null;
    }
    send({ id, result: result ?? {} });
  } catch (error) {
    const message = error.message ?? String(error);
    const error_code = error.error_code ?? error.code ?? null;
    const data = { is_panic: false, message, meta: error.meta ?? null, error_code };
    send({ id, error: { code: 4466, message, data } });
  } finally {
    await closeAll();
  }
}

function serve(datasource) {
  let queue = Promise.resolve();
  const requests = createInterface({ input: process.stdin });
  requests.on("line", (line) => {
    const request = JSON.parse(line);
    if (request.method) queue = queue.then(() => handle(request, datasource));
  });
  requests.on("close", () => queue.finally(() => process.exit(0)));
}

await loadEngine();
const datasource = JSON.parse(valuesOf("--datasource")[0] ?? "{}");
if (argv.includes("--version")) console.log(`schema-engine-cli ${wasm.version()}`);
else if (argv.includes("cli")) await runCliCommand(datasource.url);
else serve(datasource);
