import { classNames } from "./class-names";

/** Keeps the place of what is loading: give it the size of what will come, so that nothing jumps. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={classNames("skeleton", className)} />
);
