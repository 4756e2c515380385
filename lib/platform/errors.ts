/** What went wrong in words a caller can act on; routes, jobs and commands translate the code, never the message. */
export type ErrorCode =
  | "bad_input"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "too_many"
  | "busy";

export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Machine-readable particulars: the field, the limit, the row. */
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "AppError";
  }
}

export class NotFoundError extends AppError {
  constructor(what: string, id: string | number) {
    super("not_found", `No ${what} "${id}"`, { what, id });
  }
}
