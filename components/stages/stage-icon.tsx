import {
  Anchor,
  Circle,
  CircleDashed,
  Flag,
  Gem,
  Heart,
  type LucideIcon,
  Moon,
  Sprout,
  Star,
  TrendingDown,
  TrendingUp,
} from "lucide-react";

/** The icons a stage may name. */
const icons: Record<string, LucideIcon> = {
  sprout: Sprout,
  "trending-up": TrendingUp,
  anchor: Anchor,
  gem: Gem,
  "trending-down": TrendingDown,
  moon: Moon,
  flag: Flag,
  heart: Heart,
  star: Star,
  "circle-dashed": CircleDashed,
};

/** A stage's icon in the ink of its colour; an unknown name draws a plain circle. */
export function StageIcon({ icon, color, size = 16 }: { icon: string; color: string; size?: number }) {
  const Icon = icons[icon] ?? Circle;
  return (
    <Icon aria-hidden size={size} className="stage-ink shrink-0" style={{ "--stage": color } as object} />
  );
}
