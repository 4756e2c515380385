import type { LoggedTransition } from "@/lib/stages/history";
import type { StageTrace, Trace } from "@/lib/stages/why";
import { looksPersonal, maskJson, maskText } from "./mask";
import type { CustomerIdentity, CustomerTrait, TimelineEvent } from "./schema";

/** An id as everybody may read it; also the name of the customer it came from. */
export const maskIdentity = (one: CustomerIdentity): CustomerIdentity => ({
  ...one,
  value: maskText(one.kind, one.value),
  joined: one.joined && { ...one.joined, displayKey: maskText("user", one.joined.displayKey) },
});

/** A trait's value as everybody may read it; traits within it are masked by their own keys. */
export const maskTrait = <T extends { value?: unknown }>(key: string, one: T): T => ({
  ...one,
  value: maskJson(key, one.value),
});

export const maskEvent = (one: TimelineEvent): TimelineEvent => ({
  ...one,
  properties: one.properties && (maskJson("properties", one.properties) as Record<string, unknown>),
});

/** The key a metric's value stands under where that is a customer's trait. */
const traitKey = (ref: { metric: string; params?: Record<string, unknown> }): string | null =>
  ref.metric === "trait" && typeof ref.params?.key === "string" ? ref.params.key : null;

function maskPart(of: Trace): Trace {
  if (of.kind === "not") return { ...of, part: maskPart(of.part) };
  if (of.kind !== "condition") return { ...of, parts: of.parts.map(maskPart) };
  const key = traitKey(of.condition);
  return key === null || typeof of.value !== "string" ? of : { ...of, value: maskText(key, of.value) };
}

/** A stage's reasons with the traits they looked at masked; verdicts are those of the true values. */
export const maskStageTrace = (of: StageTrace): StageTrace => ({
  ...of,
  decisions: of.decisions.map((one) => ({ ...one, trace: maskPart(one.trace) })),
});

const evidenceKey = /^trait\[\["key",(".*")\]\]$/s;

/** The evidence of a transition with the traits in it masked. */
export const maskTransition = (one: LoggedTransition): LoggedTransition => ({
  ...one,
  evidence: Object.fromEntries(
    Object.entries(one.evidence).map(([ref, value]) => {
      const key = evidenceKey.exec(ref)?.[1];
      return [ref, key && typeof value === "string" ? maskText(JSON.parse(key), value) : value];
    }),
  ),
});

/** Whether masking hides anything of what a reveal would show. */
export const hidesAnything = (p: {
  displayKey: string;
  identities: readonly CustomerIdentity[];
  traits: readonly CustomerTrait[];
}): boolean =>
  looksPersonal("user", p.displayKey) ||
  p.identities.some((one) => looksPersonal(one.kind, one.value)) ||
  p.traits.some((one) => JSON.stringify(maskJson(one.key, one.value)) !== JSON.stringify(one.value));
