import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonFault } from "@/lib/intake/json-fault";

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Texts in the manner of JSONTestSuite: what parsers get wrong. */
const texts = [
  "", " ", "[]", "{}", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1", "[", "]", "{", "}", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}',
  '{a:1}', "{'a':1}", '{"a" 1}', '{"a":1 "b":2}', '{1:1}', '{"a":1}}', "[]]", "[][]", "1 2", "01", "-", "-01", "+1", ".1", "1.", "1.e1",
  "1e", "1e+", "1E400", "-0", "-0.0e-0", "0x1", "1_000", "NaN", "Infinity", "-Infinity", "True", "nul", "truefalse", '"', '"a', '"\\"',
  '"\\x"', '"\\u12"', '"\\u12G4"', '"\\uD800"', '"\t"', '"\n"', '"\u007f"', '"\u2028"', '"é"', '"👍"', "'a'", "[1]\u00a0", "\ufeff[]",
  "// x\n1", "/* */1", "[1]#", '{"a":1,"a":2}', '{"__proto__":1}', "[\r\n1\t]", "[[[[1]]]]", '{"a":{"b":[{}]}}', '["\\ud83d\\ude00"]', "[tru]",
  '{"batch":[{"type":"track"},{"type":}]}', '[1,\n2,\n]', '\u0000', '[\u0000]',
]; // biome-ignore format: a table

describe("where a text stops being JSON", () => {
  it.each(texts)("%j: agrees with JSON.parse on whether there is a fault", (text) => {
    expect(findJsonFault(text) === null).toBe(isJson(text));
  });

  it("names line, column and what was expected", () => {
    const fault = findJsonFault('{"batch": [\n  {"type": "track"},\n  {"type": }\n]}');
    expect(fault).toEqual({
      offset: 44,
      line: 3,
      column: 12,
      message: 'Malformed JSON at line 3, column 12 (character 44): expected a value, found "}"',
    });
    expect(findJsonFault('{"a": [1, 2')?.message).toBe(
      "Malformed JSON at line 1, column 12 (character 11): expected , or ], the text ends",
    );
  });

  it("names the place in a text where it breaks", () => {
    expect(findJsonFault('["ab\tc"]')?.message).toBe(
      'Malformed JSON at line 1, column 5 (character 4): expected the text to go on or to end with a quote, found "\\t"',
    );
    expect(findJsonFault('{"a": "\\x"}')?.offset).toBe(7);
    expect(findJsonFault('{"a": "b')?.offset).toBe(8);
  });

  it("finds a fault exactly when JSON.parse does, in JSON with one character changed", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", '"', "\\", ",", "}", "]", "1", " ", "\n", "\t", "x"),
        (text, at, put) => {
          const place = at % (text.length + 1);
          const broken = text.slice(0, place) + put + text.slice(place + 1);
          expect(findJsonFault(broken) === null).toBe(isJson(broken));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is fast on hostile texts: half a megabyte of openings, escapes and blanks", () => {
    for (const text of [
      "[".repeat(500_000),
      '{"a":'.repeat(100_000),
      `"${"\\\\".repeat(250_000)}`,
      " ".repeat(500_000),
    ])
      expect(findJsonFault(text)?.offset).toBe(text.length);
  });
});
