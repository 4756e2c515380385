import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeBody, MAX_BODY_BYTES } from "@/lib/intake/body";

const outcome = async (body: Buffer, encoding?: string) => {
  const decoded = await decodeBody(body, encoding);
  return decoded.ok ? decoded.value : `${decoded.status} ${decoded.message}`;
};

const json = Buffer.from('{"a":"壶"}');

describe("the body of a request", () => {
  it("is read plain, with a byte order mark, gzipped, and gzipped without saying so", async () => {
    const value = { a: "壶" };
    expect(await outcome(json)).toEqual(value);
    expect(await outcome(json, "identity")).toEqual(value);
    expect(await outcome(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), json]))).toEqual(value);
    expect(await outcome(gzipSync(json), "gzip")).toEqual(value);
    expect(await outcome(gzipSync(json), "GZIP")).toEqual(value);
    expect(await outcome(gzipSync(json))).toEqual(value);
    expect(
      await outcome(Buffer.concat([gzipSync(json.subarray(0, 4)), gzipSync(json.subarray(4))]), "gzip"),
    ).toEqual(value);
  });

  const zipped = gzipSync(json);
  const damaged: [string, Buffer, string | undefined, RegExp][] = [
    ["nothing", Buffer.alloc(0), undefined, /^400 .*line 1, column 1 .*the text ends/],
    ["not UTF-8", Buffer.from([0x22, 0xff, 0x22]), undefined, /^400 .*UTF-8/],
    ["half a character", json.subarray(0, 7), undefined, /^400 .*UTF-8/],
    ["UTF-16", Buffer.from('{"a":1}', "utf16le"), undefined, /^400 .*column 2/],
    ["cut off gzip", zipped.subarray(0, zipped.length - 6), "gzip", /^400 .*gzip/],
    [
      "gzip with a wrong checksum",
      Buffer.from(zipped.map((byte, i) => (i === zipped.length - 6 ? byte ^ 1 : byte))),
      "gzip",
      /^400 .*gzip/,
    ],
    ["plain text that says gzip", json, "gzip", /^400 .*gzip/],
    ["gzip within gzip", gzipSync(zipped), "gzip", /^400 .*UTF-8/],
    ["deflate", deflateSync(json), "deflate", /^415 .*deflate/],
    ["brotli", json, "br", /^415/],
    ["a list of encodings", zipped, "gzip, gzip", /^415/],
  ];
  it.each(damaged)("%s: says what is wrong", async (_, body, encoding, message) => {
    expect(await outcome(body, encoding)).toMatch(message);
  });

  it("takes garbage after gzip for an end or an error, never for events", async () => {
    const trailing = await outcome(Buffer.concat([zipped, Buffer.from("garbage")]), "gzip");
    expect([{ a: "壶" }, "400 The gzip body is damaged or cut off"]).toContainEqual(trailing);
  });

  it("stops at the limit, plain and unpacked, to the byte", async () => {
    const filled = (bytes: number) => Buffer.from(`"${"x".repeat(bytes - 2)}"`);
    expect(await outcome(filled(MAX_BODY_BYTES))).toHaveLength(MAX_BODY_BYTES - 2);
    expect(await outcome(filled(MAX_BODY_BYTES + 1))).toMatch(/^413/);
    expect(await outcome(gzipSync(filled(MAX_BODY_BYTES)), "gzip")).toHaveLength(MAX_BODY_BYTES - 2);
    expect(await outcome(gzipSync(filled(MAX_BODY_BYTES + 1)), "gzip")).toMatch(/^413/);
  });

  it("holds a bomb to the limit: 64 MB in 64 KB never unpack", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
    const before = process.memoryUsage().arrayBuffers;
    expect(await outcome(bomb, "gzip")).toMatch(/^413/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });
});
