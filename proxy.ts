import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/platform/http/content-security-policy";

/**
 * Gives every page a nonce of its own, which Next and the theme switch put on their inline scripts. It decides nothing about
 * who may see what: handlers and pages do that themselves, and are tested without it.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy); // where Next looks for the nonce
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages; what the API and files answer runs no script (next.config.ts). */
export const config = { matcher: "/((?!api/|v1/|_next/static|_next/image|healthz|readyz|icon.svg).*)" };
