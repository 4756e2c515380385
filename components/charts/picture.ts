const SCALE = 2;
const MARGIN_PX = 8;

/** Controls, and what the pointer happens to point at. */
const LEFT_OUT =
  "[data-not-in-picture], .recharts-tooltip-wrapper, .recharts-tooltip-cursor, .recharts-active-dot";

/** A card as it stands on the page, in its theme, twice the size, without its controls (`data-not-in-picture`). */
export async function pictureOf(card: HTMLElement): Promise<Blob | null> {
  // Loaded with the first picture: few readers take one.
  const { toBlob } = await import("html-to-image");
  return toBlob(card, {
    pixelRatio: SCALE,
    backgroundColor: getComputedStyle(card).backgroundColor,
    width: card.offsetWidth + 2 * MARGIN_PX,
    height: card.offsetHeight + 2 * MARGIN_PX,
    style: { margin: `${MARGIN_PX}px`, border: "none" },
    skipFonts: true,
    filter: (node) => !(node instanceof Element && node.matches(LEFT_OUT)),
  });
}
