import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aimedAt, type Call, declared, realId, send } from "./calls";
import { canaries, fingerprint, openTwoWorkspaces, type TwoWorkspaces } from "./two-workspaces";

let world: TwoWorkspaces;
beforeAll(async () => {
  world = await openTwoWorkspaces();
});
afterAll(() => world.drop());

const routes = declared.filter(({ at }) => at.startsWith("/api/workspaces/[slug]/"));

/** Places of a call that could name a thing: parts of the path, and fields of query and body, at any depth, that hold an id. */
function idPlaces(call: Call): { name: string; put: (value: unknown) => Call; inPath: boolean }[] {
  const places: ReturnType<typeof idPlaces> = [];
  for (const name of Object.keys(call.params))
    if (name !== "slug")
      places.push({
        name,
        inPath: true,
        put: (value) => ({ ...call, params: { ...call.params, [name]: value } }),
      });
  for (const name of Object.keys(call.query))
    places.push({
      name,
      inPath: false,
      put: (value) => ({ ...call, query: { ...call.query, [name]: value } }),
    });
  const walk = (value: unknown, name: string, put: (value: unknown) => unknown) => {
    if (Array.isArray(value))
      value.forEach((one, i) => {
        walk(one, name, (given) => put(value.with(i, given)));
      });
    else if (value !== null && typeof value === "object")
      for (const [key, one] of Object.entries(value))
        walk(one, key, (given) => put({ ...value, [key]: given }));
    places.push({ name, inPath: false, put: (given) => ({ ...call, body: put(given) }) });
  };
  if (call.body !== undefined) walk(call.body, "", (value) => value);
  return places;
}

/** What is put there: of the other workspace, made up, next in line, and of another shape. */
async function strangers(name: string, own: unknown): Promise<[kind: string, value: unknown][]> {
  const theirs = await realId(world, name, "theirs");
  const next = Number.isSafeInteger(Number(own)) ? Number(own) + 1 : `${own}1`;
  return [
    ...(theirs === null
      ? []
      : ([
          ["theirs", theirs],
          ["theirs as a number", Number(theirs) || theirs],
        ] as [string, unknown][])),
    ["random uuid", randomUUID()],
    ["random number", 2_000_000_011],
    ["next in line", next],
    ["array", [theirs ?? own, own]],
    ["object", { id: theirs ?? own, $ne: null }],
    ["null", null],
  ];
}

test("an id of another workspace, or none at all, in any place of any call opens nothing", async () => {
  const admin = world.callers.find((one) => one.name === "admin")!;
  const counts = { places: 0, requests: 0, canaries: 0 };
  const wrong: string[] = [];
  const untouched = await fingerprint(world, world.sides.theirs.id);
  for (const route of routes) {
    const call = await aimedAt(world, route, "ours");
    await world.pool.query("TRUNCATE rate_limit"); // what is tried here is not how often
    for (const place of idPlaces(call)) {
      counts.places++;
      for (const [kind, value] of await strangers(place.name, call.params[place.name])) {
        const answer = await send(route, place.put(value), admin.headers);
        const text = await answer.text();
        const what = `${route.name}: ${place.name} = ${kind} → ${answer.status}`;
        counts.requests++;
        if (text.includes(canaries.theirs)) {
          counts.canaries++;
          wrong.push(`${what} (a word of the other workspace)`);
        }
        if (answer.status >= 500) wrong.push(what);
        if (place.inPath && kind !== "next in line" && ![400, 404, 422].includes(answer.status))
          wrong.push(what);
      }
    }
  }
  console.log(
    `foreign ids: ${routes.length} routes, ${counts.places} places, ${counts.requests} requests, ${counts.canaries} canaries`,
  );
  expect(wrong).toEqual([]);
  expect(await fingerprint(world, world.sides.theirs.id)).toBe(untouched);
  expect(counts.requests).toBeGreaterThan(100);
});
