import path from "node:path";
import { defineConfig } from "prisma/config";

// The native schema engine is a download; ours serves the same protocol from the WASM build (scripts/schema-engine.mjs).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.resolve(import.meta.dirname, "scripts/schema-engine.mjs");
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // Tables of the hand-written store: reached through lib/platform/db.ts, not modelled in schema.prisma.
  experimental: { externalTables: true },
  tables: {
    external: [
      "api_key",
      "audit_entry",
      "customer",
      "customer_day",
      "customer_day_kind",
      "customer_dirty",
      "customer_metrics",
      "customer_stage",
      "customer_tag",
      "customer_trait",
      "event",
      "event_inbox",
      "event_quarantine",
      "identity",
      "import",
      "import_chunk",
      "import_mapping",
      "import_reject",
      "invitation",
      "rate_limit",
      "onboarding_dismissal",
      "saved_view",
      "saved_view_star",
      "schedule_slot",
      "source_activity",
      "session",
      "sign_in_failure",
      "stage_entry_delivery",
      "stage_flow",
      "stage_transition",
      "tag",
      "workspace_holiday",
    ].map((table) => `public.${table}`),
  },
  datasource: {
    url: process.env.DATABASE_URL ?? "",
    shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL,
  },
});
