import type { Moment } from "@/lib/platform/i18n/moment";

/** How long ago or ahead, with the instant on hover. */
export const MomentText = ({ moment }: { moment: Moment }) => (
  <time dateTime={moment.iso} title={moment.text} className="num">
    {moment.relative}
  </time>
);
