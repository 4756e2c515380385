import { headers } from "next/headers";

/** Where the console is reached, as the request for this page says. */
export async function ownOrigin(): Promise<string> {
  const head = await headers();
  return `${head.get("x-forwarded-proto") ?? "http"}://${head.get("host") ?? "localhost"}`;
}
