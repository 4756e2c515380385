import { formatCount, formatShort } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locale";

/** A number short enough to read at a glance, exact for machines and on hover. */
export const Count = ({ value, locale }: { value: number; locale: Locale }) => (
  <data value={value} title={formatCount(value, locale)} className="num">
    {formatShort(value, locale)}
  </data>
);
