import { z } from "zod";
import { refKey } from "@/lib/metrics/catalogue";
import { type CustomerValues, customerValues } from "@/lib/metrics/customer-values";
import { type Day, day } from "@/lib/platform/day";
import { type Db, findRow, sql } from "@/lib/platform/db";
import { type Locale, localName } from "@/lib/platform/i18n/locale";
import { type LoggedTransition, listTransitions, liveTransitions, standingOn } from "@/lib/stages/history";
import { lifetime } from "@/lib/stages/lifetime";
import { type DecidingModel, versionOn } from "@/lib/stages/queries";
import { explainStage, metricsOfVersion } from "@/lib/stages/why-query";
import type { Workspace } from "@/lib/workspaces/schema";
import type { Customer } from "./find-customer";
import { listIdentities } from "./identities";
import { maskText } from "./mask";
import { hidesAnything, maskIdentity, maskStageTrace, maskTrait, maskTransition } from "./mask-answers";
import { profileMetrics, profileRefs, summaryRefs } from "./profile-metrics";
import type {
  CustomerHead,
  CustomerIdentity,
  CustomerProfile,
  CustomerSummary,
  CustomerTrait,
} from "./schema";
import { getTimeline } from "./timeline";
import { listTraits } from "./traits";
import { describeMetric, kindName, whySentence } from "./words";

interface Asked {
  workspace: Pick<Workspace, "id" | "timeZone" | "currency">;
  customer: Customer;
  model: DecidingModel;
  asOf: Day;
}

const headRefs = [{ metric: "first_seen_on" }, { metric: "last_active_on" }];

const findFirstDay = async (db: Db, p: { workspaceId: number; customerId: number }): Promise<Day | null> =>
  (await findRow(
    db,
    z.object({ first: day.nullable() }),
    sql`SELECT min(day) AS first FROM customer_day
        WHERE workspace_id = ${p.workspaceId} AND customer_id = ${p.customerId}`,
  ))!.first;

const kindOfKey = (displayKey: string, identities: readonly CustomerIdentity[]): string =>
  identities.find((one) => one.value === displayKey)?.kind ?? "user";

function headOf(
  p: Asked,
  facts: {
    firstDay: Day | null;
    log: readonly LoggedTransition[];
    values: CustomerValues | null;
    identities: readonly CustomerIdentity[];
    traits: readonly CustomerTrait[];
  },
): CustomerHead {
  const row = standingOn(liveTransitions(facts.log), p.asOf);
  const firstSeenOn = (facts.values?.get(refKey(headRefs[0]!)) ?? null) as Day | null;
  const stage = row && versionOn(p.model, p.asOf).definition.stages.find((one) => one.key === row.toStage);
  return {
    customerId: p.customer.customerId,
    // By the type of the id that names the customer: an openid or a phone number need not look like one.
    displayKey: maskText(kindOfKey(p.customer.displayKey, facts.identities), p.customer.displayKey),
    asOf: p.asOf,
    standing: row && {
      stage: row.toStage,
      since: row.effectiveOn,
      lifetime:
        firstSeenOn &&
        lifetime({ firstSeenOn, sinceOn: row.effectiveOn, stageEnds: stage?.ends ?? false, asOf: p.asOf }),
    },
    firstSeenOn,
    lastActiveOn: (facts.values?.get(refKey(headRefs[1]!)) ?? null) as Day | null,
    firstDay: facts.firstDay,
    masked: hidesAnything({ displayKey: p.customer.displayKey, ...facts }),
  };
}

const modelOf = (p: Asked) => ({
  workspaceId: p.workspace.id,
  modelId: p.model.modelId,
  customerId: p.customer.customerId,
});

/** A customer as of a day: ids, traits, metrics and the log of its stages. What looks personal is masked. */
export async function getProfile(db: Db, p: Asked): Promise<CustomerProfile> {
  const who = { workspaceId: p.workspace.id, customerId: p.customer.customerId };
  const [firstDay, log, ids, traits, values] = await Promise.all([
    findFirstDay(db, who),
    listTransitions(db, modelOf(p)),
    listIdentities(db, who),
    listTraits(db, { ...who, timeZone: p.workspace.timeZone, asOf: p.asOf }),
    customerValues(db, {
      workspaceId: who.workspaceId,
      asOf: p.asOf,
      customerIds: [who.customerId],
      refs: [...headRefs, ...profileRefs],
    }),
  ]);
  const own = values.get(who.customerId) ?? null;
  return {
    ...headOf(p, { firstDay, log, values: own, identities: ids.identities, traits }),
    identities: ids.identities.map(maskIdentity),
    identityCount: ids.count,
    traits: traits.map((one) => maskTrait(one.key, one)),
    metrics: profileMetrics(profileRefs, own),
    history: log.map(maskTransition),
  };
}

const LAST_EVENTS = 5;

/** What a list shows beside itself: stage and reasons, six metrics, the last events. What looks personal is masked. */
export async function getSummary(db: Db, p: Asked & { locale: Locale }): Promise<CustomerSummary> {
  const who = { workspaceId: p.workspace.id, customerId: p.customer.customerId };
  const { timeZone, currency } = p.workspace;
  const deciding = versionOn(p.model, p.asOf);
  const [firstDay, log, ids, traits, values, timeline] = await Promise.all([
    findFirstDay(db, who),
    listTransitions(db, modelOf(p)),
    listIdentities(db, who),
    listTraits(db, { ...who, timeZone, asOf: p.asOf }),
    customerValues(db, {
      workspaceId: who.workspaceId,
      asOf: p.asOf,
      customerIds: [who.customerId],
      refs: [...headRefs, ...summaryRefs, ...metricsOfVersion(deciding)],
    }),
    getTimeline(db, { ...who, timeZone, from: null, to: p.asOf, kinds: [], limit: LAST_EVENTS }),
  ]);
  const own = values.get(who.customerId) ?? null;
  const reader = { locale: p.locale, currency };
  const { trace } = explainStage(p.model, p.asOf, own);
  const head = headOf(p, { firstDay, log, values: own, identities: ids.identities, traits });
  const stage = deciding.definition.stages.find((one) => one.key === head.standing?.stage);
  return {
    ...head,
    timeZone,
    currency,
    stage: stage ? { name: localName(stage.name, p.locale), color: stage.color, icon: stage.icon } : null,
    why: trace && whySentence(maskStageTrace(trace), reader),
    metrics: profileMetrics(summaryRefs, own).map((one) => ({ ...one, ...describeMetric(one, reader) })),
    events: timeline.events.map(({ properties: _properties, ...event }) => ({
      ...event,
      kindName: kindName(event.kind, p.locale),
    })),
  };
}
