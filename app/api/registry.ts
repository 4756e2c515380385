import type { DeclaredRoute } from "@/lib/platform/http/route";
import * as preferences from "./preferences/route";
import * as board from "./workspaces/[slug]/board/route";
import * as clock from "./workspaces/[slug]/clock/route";
import * as customerReveal from "./workspaces/[slug]/customers/[customer]/reveal/route";
import * as customer from "./workspaces/[slug]/customers/[customer]/route";
import * as customerSummary from "./workspaces/[slug]/customers/[customer]/summary/route";
import * as customerTimeline from "./workspaces/[slug]/customers/[customer]/timeline/route";
import * as customerTraits from "./workspaces/[slug]/customers/[customer]/traits/route";
import * as customerWhy from "./workspaces/[slug]/customers/[customer]/why/route";
import * as customersExport from "./workspaces/[slug]/customers/export/route";
import * as customers from "./workspaces/[slug]/customers/route";

/** The methods a path answers; other exports of a route file (`dynamic` …) are settings of Next. */
export type RouteModule = Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", DeclaredRoute>>;

/**
 * Every route of the console's API by its path. A route file that is missing here fails tests/unit/console/registry.test.ts;
 * permissions, the OpenAPI document and the authorization tests are read from it.
 */
export const registry: Record<string, RouteModule> = {
  "/api/preferences": preferences,
  "/api/workspaces/[slug]/board": board,
  "/api/workspaces/[slug]/clock": clock,
  "/api/workspaces/[slug]/customers": customers,
  "/api/workspaces/[slug]/customers/[customer]": customer,
  "/api/workspaces/[slug]/customers/[customer]/reveal": customerReveal,
  "/api/workspaces/[slug]/customers/[customer]/summary": customerSummary,
  "/api/workspaces/[slug]/customers/[customer]/timeline": customerTimeline,
  "/api/workspaces/[slug]/customers/[customer]/traits": customerTraits,
  "/api/workspaces/[slug]/customers/[customer]/why": customerWhy,
  "/api/workspaces/[slug]/customers/export": customersExport,
};
