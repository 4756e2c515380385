"use client";

import { MAX_FILE_BYTES } from "@/lib/importing/console/schema";
import { CheckStep } from "./check-step";
import { ColumnsStep } from "./columns-step";
import { ContentStep } from "./content-step";
import { Discard, FileStep } from "./file-step";
import { ImportStep } from "./import-step";
import { PreviewStep } from "./preview-step";
import { StepNav } from "./step-nav";
import type { WizardStep, WizardView } from "./wizard-view";

/** One import at one step. */
export function ImportWizard({
  view,
  step,
  arrived,
}: {
  view: WizardView;
  step: WizardStep;
  arrived: number;
}) {
  const { record } = view;
  const mayDiscard =
    view.mayImport && record.sourceId === null && (record.state === "ready" || record.state === "checked");
  return (
    <div className="grid grid-cols-1 gap-4">
      <StepNav view={view} step={step} />
      {step === "file" && <FileStep view={view} arrived={arrived} maxBytes={MAX_FILE_BYTES} />}
      {step === "content" && <ContentStep view={view} />}
      {step === "columns" && <ColumnsStep key={record.settings?.content} view={view} />}
      {step === "preview" && <PreviewStep view={view} />}
      {step === "check" && <CheckStep view={view} />}
      {step === "import" && <ImportStep view={view} />}
      {mayDiscard && <Discard slug={view.slug} id={record.id} name={record.fileName} />}
    </div>
  );
}
