"use client";

import { useReveal } from "./reveal-context";

/** An id of the customer: masked, or in the clear once revealed. Both lists are in the same order. */
export function IdentityValue({ index, masked }: { index: number; masked: string }) {
  return <span className="break-all">{useReveal().revealed?.identities[index]?.value ?? masked}</span>;
}
