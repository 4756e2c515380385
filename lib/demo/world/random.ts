/**
 * A repeatable source of chance. Streams are named: each mechanism of the world draws from its own, so a mechanism that is
 * added or draws more often moves nobody else's numbers.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** True with probability `p`. */
  chance(p: number): boolean;
  /** Integer in [from, to), uniform. */
  integer(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** The key of one entry, with probability in proportion to its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  normal(): number;
  /** Log-normal with that median; `sigma` on the log scale. */
  logNormal(median: number, sigma: number): number;
  exponential(mean: number): number;
  /** Gamma (Erlang) with a whole shape: the larger, the more regular. */
  erlang(shape: number, mean: number): number;
  poisson(mean: number): number;
  /** A new array in random order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** 128 bits of state from any text (cyrb128). */
function stateOf(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** The stream of that name: `stream(7, "orders", 42)` gives the same numbers wherever and whenever it is asked for. */
export function stream(seed: number, ...name: (string | number)[]): Random {
  let [a, b, c, d] = stateOf(`${seed}/${name.join("/")}`);

  // sfc32 (Chris Doty-Humphrey, PractRand): small, fast, no weak low bits.
  const bits = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) bits(); // its author's warm-up for short seeds

  const next = () => bits() / 4294967296;
  const open = () => (bits() + 0.5) / 4294967296; // never 0: safe under a logarithm
  const normal = () => Math.sqrt(-2 * Math.log(open())) * Math.cos(2 * Math.PI * next());
  const exponential = (mean: number) => -Math.log(open()) * mean;
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from));

  return {
    next,
    chance: (p) => next() < p,
    integer,
    pick: (items) => items[integer(0, items.length)] as (typeof items)[number],
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) if ((rest -= weight) < 0) return key;
      return entries[entries.length - 1]?.[0] as keyof typeof weights;
    },
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential,
    erlang(shape, mean) {
      let sum = 0;
      for (let i = 0; i < shape; i++) sum += exponential(mean / shape);
      return sum;
    },
    poisson(mean) {
      // Knuth's product: means here are small.
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = open(); product > limit; product *= open()) count++;
      return count;
    },
    shuffled(items) {
      const all = [...items];
      for (let i = all.length - 1; i > 0; i--) {
        const j = integer(0, i + 1);
        [all[i], all[j]] = [all[j] as (typeof all)[number], all[i] as (typeof all)[number]];
      }
      return all;
    },
  };
}
