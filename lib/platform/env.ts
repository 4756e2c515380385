import { z } from "zod";

/** The process environment, parsed once; nothing else reads process.env. */
const schema = z.object({
  DATABASE_URL: z.url(),
  /** Absent: the queue lives in Postgres (lib/jobs/backend.ts). */
  REDIS_URL: z.url().optional(),
  NEXTAUTH_SECRET: z.string().min(32).optional(),
  /** Where the console is reached, when it cannot be told from the request. */
  NEXTAUTH_URL: z.url().optional(),
  /** Sign-in through an OpenID Connect provider: all three, or none. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the provider is called on the sign-in page. */
  OIDC_NAME: z.string().min(1).max(40).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** Port of the worker's health server. */
  WORKER_PORT: z.coerce.number().int().optional(),
  /** Connections one process may hold. */
  DATABASE_POOL_SIZE: z.coerce.number().int().positive().default(10),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/** The environment; throws one sentence that names every missing or malformed variable. */
export function env(): Env {
  if (parsed) return parsed;
  // An empty variable is one that is not set: compose files cannot leave one out.
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (!result.success) {
    const issues = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Environment: ${issues.join("; ")}`);
  }
  parsed = result.data;
  return parsed;
}
