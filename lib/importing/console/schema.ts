import { z } from "zod";
import { actor } from "@/lib/audit/schema";
import { encodings } from "../encodings";
import { mapping } from "../mapping";

/** Largest file the console takes, and the pieces it comes in. Larger ones go through the command line. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;
export const CHUNK_BYTES = 4 * 1024 * 1024;
/** A file stays this long after its import ended, or was begun and left: it can be imported again without sending it again. */
export const KEEP_FILE_DAYS = 7;
/** Refused rows that are kept with their cells; all of them are counted. */
export const MAX_KEPT_REJECTS = 100_000;

export const importStates = [
  "uploading",
  "ready",
  "checking",
  "checked",
  "importing",
  "succeeded",
  "failed",
  "cancelled",
  "undoing",
  "undone",
] as const;
export const importState = z.enum(importStates);
export type ImportState = z.infer<typeof importState>;

/** States in which a worker is at it, or will be. */
export const workingStates = ["checking", "importing", "undoing"] as const satisfies readonly ImportState[];
export type WorkingState = (typeof workingStates)[number];
export const isWorking = (state: ImportState): state is WorkingState =>
  (workingStates as readonly string[]).includes(state);

/** What the rows of a file are. Lines are orders in several rows. */
export const contents = ["orders", "lines", "customers", "events"] as const;
export const content = z.enum(contents);
export type Content = z.infer<typeof content>;
export const kindOf = (one: Content) => (one === "lines" ? "orders" : one);

export const settings = z.strictObject({ content, mapping });
export type Settings = z.infer<typeof settings>;

export const fileFormat = z.object({
  encoding: z.enum(encodings),
  /** Null: JSON lines. */
  delimiter: z.string().nullable(),
  header: z.array(z.string()),
});
export type FileFormat = z.infer<typeof fileFormat>;

const counts = z.record(z.string(), z.number());

/** What a pass over the file came to; of a dry run, what it would come to. */
export const summary = z.object({
  rows: z.object({ total: z.number(), accepted: z.number(), refused: z.number(), skipped: z.number() }),
  skippedBy: counts,
  refusedBy: counts,
  events: z.object({ total: z.number(), orders: z.number(), refunds: z.number(), others: z.number() }),
  money: z.object({ currency: z.string(), ordered: z.number(), refunded: z.number() }),
  period: z.object({ from: z.string(), to: z.string() }).nullable(),
  newKinds: z.array(z.string()),
});
export type Summary = z.infer<typeof summary>;

/** What would change about stages: customers by the stage before (null: not there yet) and after. */
export const stageEffect = z.object({
  modelId: z.number(),
  moves: z.array(z.object({ from: z.string().nullable(), to: z.string().nullable(), customers: z.number() })),
  /** Customers the file names, and how many of them were looked at: fewer means a sample. */
  named: z.number(),
  sampled: z.number(),
  merged: z.number(),
});
export type StageEffect = z.infer<typeof stageEffect>;

export const checkResult = summary.extend({
  duplicates: z.number(),
  customers: z.object({ known: z.number(), new: z.number() }),
  stages: stageEffect,
  checkedAt: z.string(),
});
export type CheckResult = z.infer<typeof checkResult>;

/** What an import did. Cut short, only what is in the store is known. */
export const importResult = z.object({
  summary: summary.nullable(),
  stored: z.number(),
  duplicates: z.number().nullable(),
  newCustomers: z.number(),
});
export type ImportResult = z.infer<typeof importResult>;

export const undoResult = z.object({ events: z.number(), customers: z.number(), parted: z.number() });

/** Why a step ended without an outcome: a code with words of its own in the console, and the message in English. */
export const importFault = z.object({
  reason: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
});
export type ImportFault = z.infer<typeof importFault>;

/** How far the step under way is; null while it waits. */
export const progress = z.object({
  phase: z.enum(["survey", "import", "drain", "effect", "undo"]),
  done: z.number(),
  total: z.number(),
  rows: z.number(),
  sinceMs: z.number(),
  atMs: z.number(),
});
export type Progress = z.infer<typeof progress>;

export const importRecord = z.object({
  id: z.number(),
  fileName: z.string(),
  bytes: z.number(),
  chunkBytes: z.number(),
  sha256: z.string(),
  state: importState,
  format: fileFormat.nullable(),
  headerPrint: z.string().nullable(),
  settings: settings.nullable(),
  checked: checkResult.nullable(),
  result: importResult.nullable(),
  undone: undoResult.nullable(),
  error: importFault.nullable(),
  sourceId: z.number().nullable(),
  runId: z.number().nullable(),
  queuedAt: z.date().nullable(),
  stop: z.enum(["keep", "undo"]).nullable(),
  actor,
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  /** Refused rows that can be downloaded. */
  rejects: z.number(),
  /** The file is still here. */
  hasFile: z.boolean(),
});
export type ImportRecord = z.infer<typeof importRecord>;
