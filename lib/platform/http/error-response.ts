import { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/platform/errors";
import {
  acceptedLocale,
  defaultLocale,
  findLocale,
  LOCALE_COOKIE,
  type Locale,
} from "@/lib/platform/i18n/locale";
import { messagesOf } from "@/lib/platform/i18n/messages";
import { log } from "@/lib/platform/log";
import { requestCookies } from "./cookies";

const statusOf: Record<ErrorCode, number> = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  busy: 503,
};

/** The language somebody chose in this browser; null when nobody did. */
export const chosenLocale = (headers: Headers): Locale | null =>
  findLocale(requestCookies(headers).get(LOCALE_COOKIE));

/** Language of an answer: the browser's choice, else what the caller accepts, else Chinese. */
export const requestLocale = (headers: Headers): Locale =>
  chosenLocale(headers) ?? acceptedLocale(headers.get("accept-language")) ?? defaultLocale;

/** The error every route answers with; an unknown fault is logged and says only its request id. */
export function errorResponse(error: unknown, request: Request, requestId: string): Response {
  const known = error instanceof AppError ? error : null;
  if (!known) log.error({ requestId, url: new URL(request.url).pathname, err: error }, "request failed");
  const code = known?.code ?? "internal";
  const body = {
    error: {
      code,
      message: messagesOf(requestLocale(request.headers)).errors[code],
      ...(known ? { details: known.details } : {}),
      requestId,
    },
  };
  return Response.json(body, {
    status: known ? statusOf[known.code] : 500,
    headers: { "x-request-id": requestId, "cache-control": "no-store", ...retryAfter(known) },
  });
}

/** When it is worth asking again, where the error knows. */
const retryAfter = (error: AppError | null): Record<string, string> => {
  const seconds = error?.details.retryAfterSeconds;
  return typeof seconds === "number" ? { "retry-after": String(seconds) } : {};
};

/** Parses a part of a request; what is wrong is named field by field in the caller's language. */
export function parsePart<T>(schema: z.ZodType<T>, value: unknown, part: string, locale: Locale): T {
  const words = locale === "zh-CN" ? z.locales.zhCN() : z.locales.en();
  const result = schema.safeParse(value, { error: words.localeError });
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw new AppError("bad_input", `${part}: ${fields.map((f) => `${f.path} ${f.message}`).join("; ")}`, {
    part,
    fields,
  });
}
