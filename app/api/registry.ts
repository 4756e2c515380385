import type { DeclaredRoute } from "@/lib/platform/http/route";
import * as accountConfirm from "./account/confirm/route";
import * as accountPassword from "./account/password/route";
import * as accountSession from "./account/sessions/[session]/route";
import * as accountSessions from "./account/sessions/route";
import * as invitationOfLink from "./invitations/[token]/route";
import * as openapi from "./openapi.json/route";
import * as preferences from "./preferences/route";
import * as auditExport from "./workspaces/[slug]/audit/export/route";
import * as auditVerify from "./workspaces/[slug]/audit/verify/route";
import * as board from "./workspaces/[slug]/board/route";
import * as clock from "./workspaces/[slug]/clock/route";
import * as customerReveal from "./workspaces/[slug]/customers/[customer]/reveal/route";
import * as customer from "./workspaces/[slug]/customers/[customer]/route";
import * as customerSummary from "./workspaces/[slug]/customers/[customer]/summary/route";
import * as customerTimeline from "./workspaces/[slug]/customers/[customer]/timeline/route";
import * as customerTraits from "./workspaces/[slug]/customers/[customer]/traits/route";
import * as customerWhy from "./workspaces/[slug]/customers/[customer]/why/route";
import * as customersCount from "./workspaces/[slug]/customers/count/route";
import * as customersExport from "./workspaces/[slug]/customers/export/route";
import * as customers from "./workspaces/[slug]/customers/route";
import * as customersSearch from "./workspaces/[slug]/customers/search/route";
import * as customersTag from "./workspaces/[slug]/customers/tags/[tag]/route";
import * as customersTagsApply from "./workspaces/[slug]/customers/tags/apply/route";
import * as customersTags from "./workspaces/[slug]/customers/tags/route";
import * as customersTagsUndo from "./workspaces/[slug]/customers/tags/undo/route";
import * as importCheck from "./workspaces/[slug]/imports/[import]/check/route";
import * as importChunk from "./workspaces/[slug]/imports/[import]/chunks/[n]/route";
import * as importComplete from "./workspaces/[slug]/imports/[import]/complete/route";
import * as importMapping from "./workspaces/[slug]/imports/[import]/mapping/route";
import * as importPreview from "./workspaces/[slug]/imports/[import]/preview/route";
import * as importRejects from "./workspaces/[slug]/imports/[import]/rejects/route";
import * as importOne from "./workspaces/[slug]/imports/[import]/route";
import * as importSettings from "./workspaces/[slug]/imports/[import]/settings/route";
import * as importStart from "./workspaces/[slug]/imports/[import]/start/route";
import * as importStop from "./workspaces/[slug]/imports/[import]/stop/route";
import * as importUndo from "./workspaces/[slug]/imports/[import]/undo/route";
import * as imports from "./workspaces/[slug]/imports/route";
import * as invitation from "./workspaces/[slug]/invitations/[invitation]/route";
import * as invitations from "./workspaces/[slug]/invitations/route";
import * as keyRotate from "./workspaces/[slug]/keys/[key]/rotate/route";
import * as key from "./workspaces/[slug]/keys/[key]/route";
import * as keys from "./workspaces/[slug]/keys/route";
import * as member from "./workspaces/[slug]/members/[member]/route";
import * as members from "./workspaces/[slug]/members/route";
import * as metricDistribution from "./workspaces/[slug]/metrics/distribution/route";
import * as metrics from "./workspaces/[slug]/metrics/route";
import * as metricValues from "./workspaces/[slug]/metrics/values/route";
import * as sample from "./workspaces/[slug]/sample/route";
import * as settingsClock from "./workspaces/[slug]/settings/clock/route";
import * as settingsHoliday from "./workspaces/[slug]/settings/holidays/[day]/route";
import * as settingsHolidays from "./workspaces/[slug]/settings/holidays/route";
import * as settings from "./workspaces/[slug]/settings/route";
import * as sourceDiscard from "./workspaces/[slug]/sources/[id]/discard/route";
import * as sourceMapping from "./workspaces/[slug]/sources/[id]/mapping/route";
import * as sourcePreview from "./workspaces/[slug]/sources/[id]/preview/route";
import * as sourceReplay from "./workspaces/[slug]/sources/[id]/replay/route";
import * as sourceRevoke from "./workspaces/[slug]/sources/[id]/revoke/route";
import * as sourceRotate from "./workspaces/[slug]/sources/[id]/rotate/route";
import * as source from "./workspaces/[slug]/sources/[id]/route";
import * as sources from "./workspaces/[slug]/sources/route";
import * as start from "./workspaces/[slug]/start/route";
import * as view from "./workspaces/[slug]/views/[view]/route";
import * as views from "./workspaces/[slug]/views/route";

/** The methods a path answers; other exports of a route file (`dynamic` …) are settings of Next. */
export type RouteModule = Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", DeclaredRoute>>;

/**
 * Every route of the console's API by its path. A route file that is missing here fails tests/unit/console/registry.test.ts;
 * permissions, the OpenAPI document and the authorization tests are read from it.
 */
export const registry: Record<string, RouteModule> = {
  "/api/account/confirm": accountConfirm,
  "/api/account/password": accountPassword,
  "/api/account/sessions/[session]": accountSession,
  "/api/account/sessions": accountSessions,
  "/api/invitations/[token]": invitationOfLink,
  "/api/workspaces/[slug]/invitations/[invitation]": invitation,
  "/api/workspaces/[slug]/invitations": invitations,
  "/api/workspaces/[slug]/keys/[key]": key,
  "/api/workspaces/[slug]/keys/[key]/rotate": keyRotate,
  "/api/workspaces/[slug]/keys": keys,
  "/api/workspaces/[slug]/members/[member]": member,
  "/api/workspaces/[slug]/members": members,
  "/api/openapi.json": openapi,
  "/api/preferences": preferences,
  "/api/workspaces/[slug]/audit/export": auditExport,
  "/api/workspaces/[slug]/audit/verify": auditVerify,
  "/api/workspaces/[slug]/board": board,
  "/api/workspaces/[slug]/clock": clock,
  "/api/workspaces/[slug]/customers": customers,
  "/api/workspaces/[slug]/customers/[customer]": customer,
  "/api/workspaces/[slug]/customers/[customer]/reveal": customerReveal,
  "/api/workspaces/[slug]/customers/[customer]/summary": customerSummary,
  "/api/workspaces/[slug]/customers/[customer]/timeline": customerTimeline,
  "/api/workspaces/[slug]/customers/[customer]/traits": customerTraits,
  "/api/workspaces/[slug]/customers/[customer]/why": customerWhy,
  "/api/workspaces/[slug]/customers/count": customersCount,
  "/api/workspaces/[slug]/customers/export": customersExport,
  "/api/workspaces/[slug]/imports": imports,
  "/api/workspaces/[slug]/imports/[import]": importOne,
  "/api/workspaces/[slug]/imports/[import]/chunks/[n]": importChunk,
  "/api/workspaces/[slug]/imports/[import]/check": importCheck,
  "/api/workspaces/[slug]/imports/[import]/complete": importComplete,
  "/api/workspaces/[slug]/imports/[import]/mapping": importMapping,
  "/api/workspaces/[slug]/imports/[import]/preview": importPreview,
  "/api/workspaces/[slug]/imports/[import]/rejects": importRejects,
  "/api/workspaces/[slug]/imports/[import]/settings": importSettings,
  "/api/workspaces/[slug]/imports/[import]/start": importStart,
  "/api/workspaces/[slug]/imports/[import]/stop": importStop,
  "/api/workspaces/[slug]/imports/[import]/undo": importUndo,
  "/api/workspaces/[slug]/views": views,
  "/api/workspaces/[slug]/views/[view]": view,
  "/api/workspaces/[slug]/sample": sample,
  "/api/workspaces/[slug]/settings": settings,
  "/api/workspaces/[slug]/settings/clock": settingsClock,
  "/api/workspaces/[slug]/settings/holidays": settingsHolidays,
  "/api/workspaces/[slug]/settings/holidays/[day]": settingsHoliday,
  "/api/workspaces/[slug]/start": start,
  "/api/workspaces/[slug]/sources": sources,
  "/api/workspaces/[slug]/sources/[id]": source,
  "/api/workspaces/[slug]/sources/[id]/discard": sourceDiscard,
  "/api/workspaces/[slug]/sources/[id]/mapping": sourceMapping,
  "/api/workspaces/[slug]/sources/[id]/preview": sourcePreview,
  "/api/workspaces/[slug]/sources/[id]/replay": sourceReplay,
  "/api/workspaces/[slug]/sources/[id]/revoke": sourceRevoke,
  "/api/workspaces/[slug]/sources/[id]/rotate": sourceRotate,
  "/api/workspaces/[slug]/customers/search": customersSearch,
  "/api/workspaces/[slug]/customers/tags": customersTags,
  "/api/workspaces/[slug]/customers/tags/[tag]": customersTag,
  "/api/workspaces/[slug]/customers/tags/apply": customersTagsApply,
  "/api/workspaces/[slug]/customers/tags/undo": customersTagsUndo,
  "/api/workspaces/[slug]/metrics": metrics,
  "/api/workspaces/[slug]/metrics/distribution": metricDistribution,
  "/api/workspaces/[slug]/metrics/values": metricValues,
};
