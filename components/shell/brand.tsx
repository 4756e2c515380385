/** The mark: three rings of a year's growth. */
export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg aria-hidden="true" width={size} height={size} viewBox="0 0 22 22" fill="none" className="text-accent">
    <circle cx="11" cy="11" r="9.5" stroke="currentColor" strokeWidth="1.5" />
    <circle cx="11.8" cy="11.6" r="5.6" stroke="currentColor" strokeWidth="1.5" />
    <circle cx="12.4" cy="12.1" r="2" fill="currentColor" />
  </svg>
);

export const Brand = ({ nameHidden = false }: { nameHidden?: boolean }) => (
  <span className="flex items-center gap-2 text-[15px] font-semibold tracking-tight">
    <Mark />
    <span className={nameHidden ? "sr-only" : undefined}>Perennial</span>
  </span>
);
