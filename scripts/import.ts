import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { faultInWords } from "@/lib/importing/draft";
import { type Encoding, encodings } from "@/lib/importing/encodings";
import { localFile } from "@/lib/importing/import-bytes";
import { type ImportProgress, importFile } from "@/lib/importing/import-file";
import { type ImportKind, importKinds } from "@/lib/importing/mapping";
import { RejectFile } from "@/lib/importing/reject-file";
import type { ImportSummary } from "@/lib/importing/summary";
import { refreshStatistics } from "@/lib/intake/statistics";
import { closeRing, ring } from "@/lib/jobs/queue";
import { isTimeZone } from "@/lib/platform/day";
import { workspacePool } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { currencyDecimals } from "@/lib/platform/money";
import { getWorkspaceBySlug } from "@/lib/workspaces/queries";
import { openCommandDatabase } from "./commands/command-database";
import { assertFile, assertRejectFile } from "./commands/import-files";
import { misused, runCommand } from "./commands/run-command";

const usage = `npm run import -- --workspace W --kind orders|events|customers FILE

Imports a CSV, TSV or JSON lines file (plain or .gz). Importing a file again changes nothing.

  --mapping FILE.json   where columns go; without it they are guessed from the header (English and Chinese names)
  --map FIELD=COLUMN    one field: customerId, orderId, occurredAt, amount, event, items.price, traits.city, …; repeatable
  --currency CNY        currency of the amounts; it must be the workspace's
  --time-zone ZONE      zone of times without one (default: the workspace's)
  --encoding auto       auto, ${encodings.join(", ")}
  --source NAME         name of the source the events are filed under (default: import)
  --dry-run             read and judge everything, write nothing
  --reject FILE         refused rows with line and reason (default: FILE.rejected.csv here; none in a dry run)
  --json                the summary as JSON

Exit code: 0 all rows taken, 1 some refused, 2 the file or the command is not understood.`;

function commandLine(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      workspace: { type: "string" },
      kind: { type: "string" },
      mapping: { type: "string" },
      map: { type: "string", multiple: true, default: [] },
      currency: { type: "string" },
      "time-zone": { type: "string" },
      encoding: { type: "string", default: "auto" },
      source: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      reject: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [file, ...others] = positionals;
  const zone = values["time-zone"];
  if (!values.workspace || !file || others.length > 0)
    throw misused(usage, "Name the workspace and one file");
  if (!importKinds.includes(values.kind as ImportKind))
    throw new AppError("bad_input", `--kind must be one of ${importKinds.join(", ")}`);
  if (values.encoding !== "auto" && !encodings.includes(values.encoding as Encoding))
    throw new AppError("bad_input", `--encoding must be auto or one of ${encodings.join(", ")}`);
  if (zone !== undefined && !isTimeZone(zone))
    throw new AppError("bad_input", `No time zone "${zone}"; one is Asia/Shanghai`);
  const fields = values.map.map((pair) => {
    const [field, column] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (!pair.includes("=") || !field || !column)
      throw new AppError("bad_input", `--map ${pair} must be FIELD=COLUMN`);
    return [field, column];
  });
  const rejectPath = values.reject ?? (values["dry-run"] ? null : `${path.basename(file)}.rejected.csv`);
  return {
    slug: values.workspace,
    json: values.json,
    path: file,
    rejectPath,
    mappingFile: values.mapping,
    options: {
      kind: values.kind as ImportKind,
      file: localFile(file),
      fields: Object.fromEntries(fields) as Record<string, string>,
      currency: values.currency,
      timeZone: zone,
      encoding: values.encoding === "auto" ? undefined : (values.encoding as Encoding),
      source: values.source,
      dryRun: values["dry-run"],
      rejects: rejectPath === null ? null : (header: readonly string[]) => new RejectFile(rejectPath, header),
    },
  };
}

async function readMapping(file: string | undefined): Promise<unknown> {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new AppError("bad_input", `The mapping ${file} cannot be read: ${(error as Error).message}`);
  }
}

const phases = { survey: "Reading ahead", import: "Importing", drain: "Making customers" };

/** Shows progress on stderr: a line that renews itself on a terminal, else one line every ten seconds. */
function progressLine(): { show: (progress: ImportProgress) => void; end: () => void } {
  const isTerminal = process.stderr.isTTY;
  let phase = "";
  let startedAt = 0;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show(progress) {
      const now = performance.now();
      if (progress.phase !== phase)
        [phase, startedAt, shownAt] = [progress.phase, now, Number.NEGATIVE_INFINITY];
      if (now - shownAt < (isTerminal ? 200 : 10_000)) return;
      shownAt = now;
      const seconds = (now - startedAt) / 1000;
      const share = Math.min(1, progress.bytes / Math.max(1, progress.totalBytes));
      const rate = seconds > 0 ? Math.round(progress.rows / seconds) : 0;
      const left =
        share > 0.01 && seconds > 0.5 ? `, ${Math.ceil((seconds / share) * (1 - share))} s left` : "";
      const figures = `${Math.round(share * 100)}%, ${progress.rows} rows, ${rate} rows/s${left}`;
      const line = `${phases[progress.phase]}${progress.phase === "drain" ? " …" : `: ${figures}`}`;
      process.stderr.write(isTerminal ? `\r\x1b[2K${line}` : `${line}\n`);
    },
    end: () => void (isTerminal && process.stderr.write("\r\x1b[2K")),
  };
}

function asText(s: ImportSummary, seconds: number): string {
  const digits = currencyDecimals(s.money.currency);
  const money = (minor: number) => `${(minor / 10 ** digits).toFixed(digits)} ${s.money.currency}`;
  const counts = (by: Record<string, number>) =>
    Object.entries(by).map(([reason, rows]) => `  ${rows} ${reason}`);
  const { rows, events, drained } = s;
  return [
    `${s.dryRun ? "Dry run, nothing was written. " : ""}${rows.total} rows (${s.encoding}) in ${seconds.toFixed(1)} s`,
    `${rows.accepted} rows accepted as ${events.total} events: ${events.orders} orders (${money(s.money.ordered)}), ${events.refunds} refunds (${money(s.money.refunded)}), ${events.others} others`,
    ...(s.period ? [`From ${s.period.from} to ${s.period.to}`] : []),
    `${rows.skipped} rows skipped`,
    ...counts(s.skippedBy),
    `${rows.refused} rows refused${s.rejectFile ? `, all of them in ${s.rejectFile}` : ""}`,
    ...counts(s.refusedBy),
    ...s.faults.map((fault) => `  line ${fault.line}: ${faultInWords(fault)}`),
    ...(s.newKinds.length > 0 ? [`New event kinds: ${s.newKinds.join(", ")}`] : []),
    ...(s.alreadyStored !== null
      ? [`${s.alreadyStored} of the events are stored already and would not count again`]
      : []),
    ...(drained
      ? [
          `${drained.stored} new events, ${drained.duplicates} known already, ${drained.customers} new customers`,
        ]
      : []),
  ].join("\n");
}

async function main(args: string[]): Promise<number> {
  const command = commandLine(args);
  await assertFile(command.path);
  if (command.rejectPath !== null) await assertRejectFile(command.rejectPath, command.path);
  const mapping = await readMapping(command.mappingFile);
  const database = openCommandDatabase(3);
  const progress = progressLine();
  try {
    const workspace = await getWorkspaceBySlug(database.directory, command.slug);
    const pool = workspacePool(database.pool, workspace.id);
    const startedAt = performance.now();
    const onProgress = progress.show;
    const summary = await importFile(pool, {
      ...command.options,
      workspace,
      mapping,
      now: new Date(),
      onProgress,
    });
    progress.end();
    if (summary.drained && summary.drained.stored > 0) {
      await refreshStatistics(pool);
      await ring("recompute-incremental", { workspaceId: workspace.id });
      await closeRing();
    }
    console.log(
      command.json
        ? JSON.stringify(summary, null, 2)
        : asText(summary, (performance.now() - startedAt) / 1000),
    );
    return summary.rows.refused > 0 ? 1 : 0;
  } finally {
    progress.end();
    await database.close();
  }
}

runCommand(usage, main);
