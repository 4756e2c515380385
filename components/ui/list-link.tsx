import Link from "next/link";
import type { ComponentProps } from "react";

/** A link to a list of customers. Not prefetched: a board shows dozens, and each would ask the database beforehand. */
export const ListLink = (props: Omit<ComponentProps<typeof Link>, "prefetch">) => (
  <Link prefetch={false} {...props} />
);
