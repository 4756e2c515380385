/** The look of everything that opens over the page at a button: menus, popovers. */
export const panelClass =
  "appear z-40 overflow-auto rounded-card border border-line bg-surface text-left text-[13px] font-normal text-ink shadow-lg shadow-black/5";
