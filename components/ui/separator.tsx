import { classNames } from "./class-names";

/** A hairline between parts of a panel. */
export const Separator = ({ className }: { className?: string }) => (
  <hr className={classNames("border-line", className)} />
);
