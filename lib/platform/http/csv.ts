const BYTE_ORDER_MARK = "\uFEFF"; // Excel reads UTF-8 only with it

/** Characters that make a spreadsheet run a cell as a formula, full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

/** A CSV cell: text always quoted and kept from running as a formula, numbers plain, no data empty. */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(csvCell).join(",")}\r\n`;

/** A whole table as the text of a file. */
export const csvText = (
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string => BYTE_ORDER_MARK + [header, ...rows].map(csvLine).join("");

/** Streams a table as a download, page by page, so that memory does not grow with its length. */
export function csvResponse(
  fileName: string,
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly (string | number | null)[])[]>,
): Response {
  const encoder = new TextEncoder();
  const lines = textOf(header, pages);
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      "cache-control": "no-store",
    },
  });
}

async function* textOf(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly (string | number | null)[])[]>,
): AsyncGenerator<string, void, undefined> {
  yield BYTE_ORDER_MARK + csvLine(header);
  for await (const page of pages) yield page.map(csvLine).join("");
}
