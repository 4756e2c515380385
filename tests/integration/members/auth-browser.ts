import { createRequire } from "node:module";
import type { NextAuthOptions } from "next-auth";
import { signInOptions } from "@/lib/members/sign-in";
import { currentSessionOf } from "./current-session";

interface Internal {
  status?: number;
  redirect?: string;
  body?: unknown;
  cookies?: {
    name: string;
    value: string;
    options: { maxAge?: number; expires?: Date } & Record<string, unknown>;
  }[];
}

// The heart of next-auth without Next around it; Next's part needs a running server (tests/e2e/sign-in.spec.ts).
const require = createRequire(import.meta.url);
const { AuthHandler } = require("../../../node_modules/next-auth/core/index.js") as {
  AuthHandler: (p: { req: Request; options: NextAuthOptions }) => Promise<Internal>;
};

/** A browser at the sign-in page: keeps cookies, follows redirects by hand. */
export class AuthBrowser {
  readonly jar = new Map<string, string>();
  /** Attributes of the cookies set last, by name. */
  readonly attributes = new Map<string, Record<string, unknown>>();

  constructor(
    readonly origin = "http://console.test",
    readonly address = "10.1.1.1",
  ) {}

  get headers(): Headers {
    const { host, protocol } = new URL(this.origin);
    return new Headers({
      host,
      "x-forwarded-host": host,
      "x-forwarded-proto": protocol.slice(0, -1),
      "x-forwarded-for": this.address,
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0",
      cookie: [...this.jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; "),
    });
  }

  async ask(path: string, body?: Record<string, string>): Promise<Internal> {
    const headers = this.headers;
    if (body) headers.set("content-type", "application/json");
    const request = new Request(`${this.origin}/api/auth/${path}`, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
    });
    const answer = await AuthHandler({ req: request, options: signInOptions(request.clone()) });
    for (const { name, value, options } of answer.cookies ?? []) {
      this.attributes.set(name, options);
      if (value === "" || options.maxAge === 0) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }

  async csrf(): Promise<string> {
    return ((await this.ask("csrf")).body as { csrfToken: string }).csrfToken;
  }

  async signIn(email: string, password: string): Promise<Internal> {
    return this.ask("callback/credentials", { csrfToken: await this.csrf(), email, password });
  }

  async signOut(): Promise<void> {
    await this.ask("signout", { csrfToken: await this.csrf() });
  }

  /** Goes to the provider and comes back; answers where one is sent in the end. */
  async signInWithProvider(meddle: (back: URL) => void = () => {}): Promise<string> {
    const start = await this.ask("signin/oidc", { csrfToken: await this.csrf(), callbackUrl: "/" });
    const atProvider = await fetch(start.redirect ?? "", { redirect: "manual" });
    const back = new URL(atProvider.headers.get("location") ?? "");
    meddle(back);
    return (await this.ask(`callback/oidc${back.search}`)).redirect ?? "";
  }

  /** The session the routes see, or null. */
  session = () => currentSessionOf(this.headers);
}
