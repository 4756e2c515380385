import type { ReactNode } from "react";
import { Info } from "@/components/ui/info";

/** A number with its name and definition. */
export const Measure = ({ name, about, children }: { name: string; about: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="flex items-center gap-0.5 text-xs text-ink-2">
      {name}
      <Info label={name}>{about}</Info>
    </dt>
    <dd className="num font-medium">{children}</dd>
  </div>
);
