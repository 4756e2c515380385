import { createHash } from "node:crypto";

const FIRST_SLOTS = 1 << 12;
const FULLEST = 0.6;

/** 64 bits of a text's SHA-256, as two halves. */
function fingerprint(text: string): [number, number] {
  const digest = createHash("sha256").update(text, "utf8").digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}

/**
 * A number for each of very many texts, at about 20 bytes a text however long they are (ten million order ids: 200 MB).
 * Texts are told apart by 64 bits of their hash: among ten million, two alike are a chance of one in 400,000.
 */
export class Fingerprints {
  private low = new Uint32Array(FIRST_SLOTS);
  private high = new Uint32Array(FIRST_SLOTS);
  private values = new Uint32Array(FIRST_SLOTS); // 0: the slot is free
  private used = 0;

  /** The number of that text; 0 when it has none. */
  get(text: string): number {
    const [low, high] = fingerprint(text);
    return this.values[this.slot(low, high)]!;
  }

  /** Gives the text a number from 1. */
  set(text: string, value: number): void {
    const [low, high] = fingerprint(text);
    const slot = this.slot(low, high);
    if (this.values[slot] === 0) this.used += 1;
    this.low[slot] = low;
    this.high[slot] = high;
    this.values[slot] = value;
    if (this.used > this.values.length * FULLEST) this.grow();
  }

  /** Counts the text: 1 for the first time it is seen. */
  count(text: string): number {
    const seen = this.get(text) + 1;
    this.set(text, seen);
    return seen;
  }

  private slot(low: number, high: number): number {
    const last = this.values.length - 1;
    let slot = low & last;
    while (this.values[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high))
      slot = (slot + 1) & last;
    return slot;
  }

  private grow(): void {
    const { low, high, values } = this;
    this.low = new Uint32Array(low.length * 2);
    this.high = new Uint32Array(low.length * 2);
    this.values = new Uint32Array(low.length * 2);
    for (let i = 0; i < values.length; i++) {
      if (values[i] === 0) continue;
      const slot = this.slot(low[i]!, high[i]!);
      this.low[slot] = low[i]!;
      this.high[slot] = high[i]!;
      this.values[slot] = values[i]!;
    }
  }
}
