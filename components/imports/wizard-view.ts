import type { StageView } from "@/components/stages/stage-view";
import type { ImportRecord } from "@/lib/importing/console/schema";

export const wizardSteps = ["file", "content", "columns", "preview", "check", "import"] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** What every step of the wizard is given. */
export interface WizardView {
  slug: string;
  timeZone: string;
  currency: string;
  record: ImportRecord;
  stages: readonly StageView[];
  mayImport: boolean;
}

export const importPath = (slug: string, id: number, step?: WizardStep): string =>
  `/w/${slug}/imports/${id}${step ? `?step=${step}` : ""}`;
export const importApi = (slug: string, id: number): string => `/api/workspaces/${slug}/imports/${id}`;

/** The step an import stands at: where one lands who opens it without naming one. */
export function stepOf(record: ImportRecord): WizardStep {
  switch (record.state) {
    case "uploading":
      return "file";
    case "ready":
      return record.error ? "check" : "content";
    case "checking":
    case "checked":
      return "check";
    default:
      return record.format === null ? "file" : "import";
  }
}

/** Steps one may go to now: none behind a file that is not whole, nothing before an import that has begun. */
export function openSteps(record: ImportRecord): readonly WizardStep[] {
  switch (record.state) {
    case "uploading":
      return ["file"];
    case "ready":
    case "checked":
      return ["content", "columns", "preview", "check"];
    case "checking":
      return ["check"];
    default:
      return [stepOf(record)];
  }
}
