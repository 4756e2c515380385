import { findRequestMember } from "@/lib/members/request-member";

/** Whose session these headers carry, as every route asks. */
export const currentSessionOf = (headers: Headers) =>
  findRequestMember(new Request("http://console.test/", { headers }), new Date());
