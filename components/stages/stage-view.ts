import type { Locale, LocalName } from "@/lib/platform/i18n/locale";
import { localName } from "@/lib/platform/i18n/locale";

/** A stage as pictures and tables need it: its name already in the reader's language. */
export interface StageView {
  key: string;
  name: string;
  color: string;
  icon: string;
}

interface NamedStage {
  key: string;
  name: LocalName;
  color: string;
  icon: string;
}

/** Stages of a model in the reader's language, in the model's order. */
export const stageViews = (stages: readonly NamedStage[], locale: Locale): StageView[] =>
  stages.map(({ key, name, color, icon }) => ({ key, name: localName(name, locale), color, icon }));
