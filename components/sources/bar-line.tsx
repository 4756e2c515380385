/** A small bar for each span of time, oldest at the left; said in words to those who cannot see it. */
export function BarLine({ bars, label }: { bars: readonly number[]; label: string }) {
  const most = Math.max(...bars, 1);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${bars.length * 4} 24`}
      preserveAspectRatio="none"
      className="h-6 w-full text-accent"
    >
      <title>{label}</title>
      {bars.map((bar, place) => {
        const height = bar === 0 ? 1 : Math.max(2, (bar / most) * 24);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
            key={place}
            x={place * 4}
            y={24 - height}
            width={3}
            height={height}
            className={bar === 0 ? "fill-line-strong" : "fill-current"}
          />
        );
      })}
    </svg>
  );
}
