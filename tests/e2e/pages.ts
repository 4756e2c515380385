import { empty, harbour, type people, teahouse, vault, waitingImport, website } from "./world";

/** A page of the console that tests/e2e/screens.spec.ts walks in each language, theme and width. */
export interface WalkedPage {
  /** Names its picture. */
  name: string;
  path: string;
  /** Who looks; null for a page one reads before signing in. */
  person: keyof typeof people | null;
}

const at = (name: string, path: string, person: WalkedPage["person"] = "manager"): WalkedPage => ({
  name,
  path,
  person,
});

/** Every page there is, in the order of the sidebar. A new page adds its line, one more for each state worth a look. */
export const pages: readonly WalkedPage[] = [
  at("sign-in", "/sign-in", null),
  at("account", "/account", "analyst"),
  at("invite-over", "/invite/nothing", null),
  at("home-operator", `/w/${harbour.slug}/home`, "operator"),
  at("home-analyst", `/w/${harbour.slug}/home`, "analyst"),
  at("home-manager", `/w/${harbour.slug}/home`),
  at("home-admin", `/w/${harbour.slug}/home`, "admin"),
  at("members", `/w/${harbour.slug}/members`, "admin"),
  at("members-forbidden", `/w/${harbour.slug}/members`, "analyst"),
  at("keys", `/w/${harbour.slug}/keys`, "admin"),
  at("settings", `/w/${harbour.slug}/settings`, "admin"),
  at("settings-read-only", `/w/${harbour.slug}/settings`, "analyst"),
  at("start", `/w/${empty.slug}/start`),
  at("board", `/w/${harbour.slug}/board`),
  at("board-tables", `/w/${harbour.slug}/board?trend=table&flow=table`),
  at("board-empty", `/w/${empty.slug}/board`),
  at("customers", `/w/${harbour.slug}/customers`),
  at(
    "customers-filtered",
    `/w/${harbour.slug}/customers?stage=growth&asOf=2026-06-15&since=2026-05-31&fromStage=trial`,
  ),
  at("customers-none", `/w/${harbour.slug}/customers?stage=mature&asOf=2020-01-01`),
  at("customer", `/w/${teahouse.slug}/customers/${teahouse.regular.id}`),
  at("customer-history", `/w/${teahouse.slug}/customers/${teahouse.regular.id}?history=table`),
  at("customer-why", `/w/${teahouse.slug}/customers/${teahouse.regular.id}?tab=why`),
  at("customer-timeline", `/w/${teahouse.slug}/customers/${teahouse.regular.id}?tab=timeline`),
  at("customer-details", `/w/${teahouse.slug}/customers/${teahouse.regular.id}?tab=details`),
  at("customer-not-there", `/w/${teahouse.slug}/customers/${teahouse.regular.id}?asOf=2020-01-01`),
  at("api-docs", `/w/${harbour.slug}/api-docs`),
  at("imports", `/w/${harbour.slug}/imports`),
  at("imports-empty", `/w/${empty.slug}/imports`),
  at("imports-new", `/w/${empty.slug}/imports/new`),
  at("imports-columns", `/w/${harbour.slug}/imports/${waitingImport.id}?step=columns`),
  at("customers-peek", `/w/${teahouse.slug}/customers?peek=${teahouse.regular.id}`),
  at("metrics", `/w/${harbour.slug}/metrics`),
  at("metric", `/w/${harbour.slug}/metrics?metric=revenue`),
  at("sources", `/w/${harbour.slug}/sources`, "admin"),
  at("source", `/w/${harbour.slug}/sources/${website.id}`, "admin"),
  at("source-reader", `/w/${harbour.slug}/sources/${website.id}`, "analyst"),
  at("quarantine", `/w/${harbour.slug}/sources/quarantine`, "admin"),
  at("quarantine-none", `/w/${harbour.slug}/sources/quarantine?reason=too_deep`, "admin"),
  at("audit", `/w/${vault.slug}/audit`, "wharfinger"),
  at("audit-none", `/w/${vault.slug}/audit?target=nobody`, "wharfinger"),
  at("not-found", `/w/${harbour.slug}/nowhere`),
];
