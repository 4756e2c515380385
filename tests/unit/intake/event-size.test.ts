import fc from "fast-check";
import { expect, test } from "vitest";
import { isTooLarge, MAX_EVENT_BYTES } from "@/lib/intake/event-size";

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

test("an event is too large exactly when its JSON has more bytes than one may have", () => {
  const filler = fc.constantFrom("x", "é", "漢", "👩‍👩‍👧", "\u001f", '"', "\\");
  fc.assert(
    fc.property(fc.jsonValue(), filler, fc.integer({ min: -40, max: 40 }), (some, fill, beyond) => {
      // Filled up to a few bytes around the limit, whatever the rest of it is.
      const room = MAX_EVENT_BYTES + beyond - bytesOf({ some, text: "" });
      const text = fill.repeat(Math.max(0, Math.floor(room / (bytesOf(fill) - 2))));
      const event = { some, text };
      expect(isTooLarge(event)).toBe(bytesOf(event) > MAX_EVENT_BYTES);
    }),
  );
});

test("whatever an event holds, a bound never calls a large one small", () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { minLength: 1, maxLength: 20 }),
      fc.nat({ max: 400 }),
      (some, times) => {
        const event = Array.from({ length: times }, () => some);
        expect(isTooLarge(event)).toBe(bytesOf(event) > MAX_EVENT_BYTES);
      },
    ),
  );
});
