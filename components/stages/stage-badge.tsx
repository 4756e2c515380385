import { StageIcon } from "./stage-icon";
import type { StageView } from "./stage-view";

/** A stage by colour, icon and name: the colour never stands alone. */
export function StageBadge({ stage }: { stage: StageView }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="h-3.5 w-1 rounded-full" style={{ background: stage.color }} />
      <StageIcon icon={stage.icon} color={stage.color} size={14} />
      {stage.name}
    </span>
  );
}
