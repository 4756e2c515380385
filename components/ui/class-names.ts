import { extendTailwindMerge } from "tailwind-merge";

/** Joins the class names that apply; of two that set the same thing the last one counts. */
export const classNames = extendTailwindMerge({ extend: { theme: { radius: ["card"] } } });
