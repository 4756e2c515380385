/** Where a text stops being JSON: character offset from 0, line and column from 1, and what stands there. */
export interface JsonFault {
  offset: number;
  line: number;
  column: number;
  message: string;
}

// White space, then one token. In a string anything goes but quote, backslash and control characters; it is written
// unrolled so that a long one costs no backtracking.
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;
const SPACE = /[ \t\n\r]*/y;
const STRING_START = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*/y;

type Expected = "a value" | "a value or ]" | "a name or }" | "a name" | ":" | ", or ]" | ", or }" | "the end";

/**
 * The first fault of a text that is not JSON; null when it is JSON. The messages of JSON.parse name a position only
 * sometimes and differ between versions of Node, so the position is found here once parsing has failed.
 */
export function findJsonFault(text: string): JsonFault | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "a value";
  let offset = 0;
  const afterValue = (): Expected => {
    const container = open.at(-1);
    return container === undefined ? "the end" : container === "[" ? ", or ]" : ", or }";
  };
  for (;;) {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(text);
    if (!match) {
      SPACE.lastIndex = offset;
      const at = offset + (SPACE.exec(text)?.[0].length ?? 0);
      if (at === text.length && expected === "the end") return null;
      STRING_START.lastIndex = at;
      const inString = STRING_START.exec(text);
      return inString && (expected.startsWith("a value") || expected.startsWith("a name"))
        ? faultAt(text, at + inString[0].length, "the text to go on or to end with a quote")
        : faultAt(text, at, expected);
    }
    const next = step(expected, match[1], match[2] !== undefined, open, afterValue);
    if (!next) return faultAt(text, TOKEN.lastIndex - match[0].trimStart().length, expected);
    expected = next;
    offset = TOKEN.lastIndex;
  }
}

/** What may follow this token; null when the token is not what was expected. `open` holds the containers it is in. */
function step(
  expected: Expected,
  mark: string | undefined,
  isText: boolean,
  open: ("{" | "[")[],
  afterValue: () => Expected,
): Expected | null {
  const closes = (mark === "]" && expected.endsWith("]")) || (mark === "}" && expected.endsWith("}"));
  if (closes) {
    open.pop();
    return afterValue();
  }
  if (expected.startsWith("a value")) {
    if (mark === undefined) return afterValue();
    if (mark !== "{" && mark !== "[") return null;
    open.push(mark);
    return mark === "{" ? "a name or }" : "a value or ]";
  }
  if (expected.startsWith("a name")) return isText ? ":" : null;
  if (expected === ":") return mark === ":" ? "a value" : null;
  if (mark !== "," || expected === "the end") return null;
  return expected === ", or ]" ? "a value" : "a name";
}

function faultAt(text: string, offset: number, expected: string): JsonFault {
  const lines = text.slice(0, offset).split("\n");
  const line = lines.length;
  const column = lines[line - 1]!.length + 1;
  const found = offset >= text.length ? "the text ends" : `found ${JSON.stringify(text.charAt(offset))}`;
  const message = `Malformed JSON at line ${line}, column ${column} (character ${offset}): expected ${expected}, ${found}`;
  return { offset, line, column, message };
}
