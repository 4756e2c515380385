import NextAuth from "next-auth";
import { signInOptions } from "@/lib/members/sign-in";

// next-auth takes its own origin from the request only when told so; no other address is configured anywhere.
process.env.AUTH_TRUST_HOST ??= "true";

type Context = { params: Promise<{ nextauth: string[] }> };

const handler = (request: Request, context: Context): Promise<Response> =>
  NextAuth(request as never, context as never, signInOptions(request)) as Promise<Response>;

export { handler as GET, handler as POST };
