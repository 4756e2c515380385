import { afterAll, beforeAll, expect, test } from "vitest";
import { can, keyCan, type Permission } from "@/lib/members/permissions";
import { answerFault } from "./answers";
import { aimedAt, type Declared, declared, send } from "./calls";
import {
  type Caller,
  canaries,
  fingerprint,
  openTwoWorkspaces,
  type Side,
  type TwoWorkspaces,
} from "./two-workspaces";

let world: TwoWorkspaces;
beforeAll(async () => {
  world = await openTwoWorkspaces();
});
afterAll(() => world.drop());

const sides = ["ours", "theirs"] as const;

/** The status a refusal must have, or null where the caller may. */
function refusal(who: string, caller: Caller, side: Side): number | null {
  if (who === "anyone") return null;
  if (who === "member") return caller.isSignedIn ? null : 401;
  const standing = caller.in[side];
  if (standing === "stranger") return caller.isSignedIn || caller.isKey ? 404 : 401;
  const permission = who as Permission;
  const may = "role" in standing ? can(standing.role, permission) : keyCan(standing.scopes, permission);
  return may ? null : 403;
}

/** Whose words may stand in an answer: those of workspaces the caller belongs to. */
const foreignWords = (caller: Caller): string[] =>
  sides.filter((side) => caller.in[side] === "stranger").map((side) => canaries[side]);

let cells = 0;
let refused = 0;
const leaks: string[] = [];
/** Answers the OpenAPI document does not tell of: another status, another shape. */
const undescribed: string[] = [];

async function tryCell(route: Declared, caller: Caller, side: Side): Promise<number> {
  const call = await aimedAt(world, route, side);
  const expected = refusal(route.handler.declaration.who, caller, side);
  const before = expected === null ? null : await fingerprint(world);
  const answer = await send(route, call, caller.headers);
  const text = await answer.text();
  const cell = `${route.name} as ${caller.name} at ${side}`;
  cells++;
  const fault = answerFault(route, answer.status, answer.headers.get("content-type"), text);
  if (fault) undescribed.push(`${cell}: ${answer.status} ${fault}`);
  // A refusal repeats the slug that was asked for and nothing else.
  for (const word of foreignWords(caller)) if (text.includes(word)) leaks.push(cell);
  if (expected !== null) {
    refused++;
    expect([cell, answer.status]).toEqual([cell, expected]);
    expect([cell, await fingerprint(world)]).toEqual([cell, before]);
  } else {
    expect([cell, [401, 500].includes(answer.status)], text.slice(0, 300)).toEqual([cell, false]);
    if (answer.status === 403)
      expect([cell, JSON.parse(text).error.details.permission]).toEqual([cell, undefined]);
  }
  return answer.status;
}

test.each(declared)("$name answers everybody as declared", async (route) => {
  const { who } = route.handler.declaration;
  const statuses: number[] = [];
  for (const caller of world.callers)
    for (const side of sides) {
      const status = await tryCell(route, caller, side);
      if (refusal(who, caller, side) === null) statuses.push(status);
    }
  // Otherwise the generated call never gets past validation, and says nothing about the handler: declare an `example`.
  const reached = statuses.some(
    (status) => status < 400 || status === 409 || status === 404 || status === 403,
  );
  expect([route.name, statuses, reached]).toEqual([route.name, statuses, true]);
});

test("nothing of a workspace stands in an answer to somebody who does not belong to it", () => {
  console.log(
    `matrix: ${declared.length} routes, ${world.callers.length} callers, ${cells} cells, ${refused} refused, ${leaks.length} leaks`,
  );
  expect(leaks).toEqual([]);
  expect(cells).toBe(declared.length * world.callers.length * 2);
});

test("every answer is one the API document describes", () => {
  expect([...new Set(undescribed)]).toEqual([]);
});
