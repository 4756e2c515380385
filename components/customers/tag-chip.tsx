import { type Tag, tagColors } from "@/lib/customers/tags-schema";

/** The colour of a tag; its name always stands beside it. */
export const TagDot = ({ color }: { color: Tag["color"] }) => (
  <span
    aria-hidden
    className="stage-ink size-2 shrink-0 rounded-full bg-current"
    style={{ "--stage": tagColors[color] } as object}
  />
);

/** A tag as customers carry it. */
export const TagChip = ({ tag }: { tag: Tag }) => (
  <span className="inline-flex h-5.5 max-w-40 items-center gap-1.5 rounded bg-sunken px-1.5 text-xs text-ink-2">
    <TagDot color={tag.color} />
    <span className="truncate">{tag.name}</span>
  </span>
);
