import pino from "pino";

/** One JSON line an entry; ids only, never what customers sent. */
export const log = pino({ level: process.env.LOG_LEVEL ?? "info", base: null });
export type Log = pino.Logger;
