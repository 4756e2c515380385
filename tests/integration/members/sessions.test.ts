import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getAccess } from "@/lib/members/access";
import { setSuspended } from "@/lib/members/manage";
import {
  endOtherSessions,
  listSessions,
  openSession,
  revokeSession,
  seeSession,
} from "@/lib/members/sessions";
import { AppError } from "@/lib/platform/errors";
import { later, NOW, openWorld, type World } from "./people";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.drop());

const open = (memberId: string, now: Date, replaces: string | null = null): Promise<string> =>
  openSession(world.pool, { memberId, replaces, userAgent: "test", address: "::1", confirmedAt: now, now });

/** Sessions as the rules say them, in plain sight: no SQL, one list, every rule applied anew at each question. */
class Naive {
  readonly sessions: { id: string; who: number; createdAt: number; seenAt: number; ended: string | null }[] =
    [];
  suspended = [false, false];

  why(id: string, at: number): string | null {
    const one = this.sessions.find((session) => session.id === id)!;
    if (one.ended) return one.ended;
    if (at - one.createdAt >= 24 * 60) return "expired";
    return at - one.seenAt >= 60 ? "idle" : null;
  }
  live = (who: number, at: number) =>
    this.sessions.filter((one) => one.who === who && this.why(one.id, at) === null);
  end(id: string, why: string) {
    const one = this.sessions.find((session) => session.id === id)!;
    one.ended ??= why;
  }
  signIn(id: string, who: number, replaces: string | null, at: number) {
    if (replaces) this.end(replaces, "replaced");
    const before = this.live(who, at).sort((a, b) => a.createdAt - b.createdAt);
    while (before.length >= 5) this.end(before.shift()!.id, "displaced");
    this.sessions.push({ id, who, createdAt: at, seenAt: at, ended: null });
  }
  request(id: string, at: number): string {
    const why = this.why(id, at);
    if (why) return why;
    const one = this.sessions.find((session) => session.id === id)!;
    if (at - one.seenAt >= 1) one.seenAt = at;
    return this.suspended[one.who] ? "suspended" : "in";
  }
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("signIn" as const),
      who: fc.nat(1),
      at: fc.nat(99),
      fresh: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("request" as const), at: fc.nat(99) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("pass" as const),
      minutes: fc.constantFrom(0.5, 1, 20, 59, 60, 300),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("revoke" as const), at: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("others" as const), at: fc.nat(99) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("suspend" as const), who: fc.nat(1), to: fc.boolean() }),
  },
);

test("random days of sign-ins, requests, silence, revocations and suspensions go as the rules say", async () => {
  const workspace = await world.workspace();
  const admin = await world.person("admin", workspace);
  const actor = { kind: "member" as const, id: admin.id, name: admin.name };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const people = [await world.person("operator", workspace), await world.person("analyst", workspace)];
      const naive = new Naive();
      let at = 0;
      const pick = (n: number) => naive.sessions[n % naive.sessions.length]!;

      for (const one of steps) {
        const now = later(at);
        if (one.do === "pass") at += one.minutes;
        else if (one.do === "signIn") {
          const replaces = one.fresh || naive.sessions.length === 0 ? null : pick(one.at).id;
          // Two sessions of one instant have no older one.
          at += 0.25;
          const id = await open(people[one.who]!.id, later(at), replaces);
          naive.signIn(id, one.who, replaces, at);
        } else if (one.do === "suspend") {
          const change = { workspaceId: workspace.id, memberId: people[one.who]!.id, actor, now };
          await setSuspended(world.pool, { ...change, suspended: one.to });
          naive.suspended[one.who] = one.to;
        } else if (naive.sessions.length > 0) {
          const { id, who } = pick(one.at);
          const member = people[who]!;
          if (one.do === "revoke") {
            await revokeSession(world.pool, { memberId: member.id, sessionId: id, now });
            // What is over by time alone stays so in the model's words only as long as nobody writes an end.
            naive.end(id, "revoked");
          } else if (one.do === "others") {
            const ended = await endOtherSessions(world.pool, {
              memberId: member.id,
              keep: id,
              reason: "revoked",
              now,
            });
            const others = naive.live(who, at).filter((other) => other.id !== id);
            expect(ended).toBe(others.length);
            for (const other of others) naive.end(other.id, "revoked");
          } else {
            const seen = await seeSession(world.pool, { sessionId: id, memberId: member.id, now });
            const outcome =
              seen?.state === "live"
                ? await getAccess(
                    { ...world, directory: world.pool },
                    { ...seen, slug: workspace.slug, now },
                  ).then(
                    () => "in",
                    (error) =>
                      error instanceof AppError && error.code === "not_found"
                        ? "suspended"
                        : Promise.reject(error),
                  )
                : seen?.why;
            expect(outcome).toBe(naive.request(id, at));
          }
        }
        for (const [who, member] of people.entries()) {
          const listed = await listSessions(world.pool, { memberId: member.id, now: later(at) });
          expect(listed.map(({ id }) => id).sort()).toEqual(
            naive
              .live(who, at)
              .map(({ id }) => id)
              .sort(),
          );
          expect(listed.length).toBeLessThanOrEqual(5);
        }
      }
    }),
    { numRuns: 40 },
  );
});

describe("a session", () => {
  test("is its owner's alone", async () => {
    const [ana, ben] = [await world.person("operator"), await world.person("operator")];
    const id = await open(ana.id, NOW);
    expect(await seeSession(world.pool, { sessionId: id, memberId: ben.id, now: NOW })).toBeNull();
    await expect(
      revokeSession(world.pool, { memberId: ben.id, sessionId: id, now: NOW }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await seeSession(world.pool, { sessionId: id, memberId: ana.id, now: NOW })).toMatchObject({
      state: "live",
    });
  });

  test("is one of five, however many sign-ins come at the same time", async () => {
    const { id: memberId } = await world.person("operator");
    await Promise.all(Array.from({ length: 12 }, () => open(memberId, NOW)));
    expect(await listSessions(world.pool, { memberId, now: NOW })).toHaveLength(5);
  });

  test("is written down as seen once a minute", async () => {
    const { id: memberId } = await world.person("operator");
    const sessionId = await open(memberId, NOW);
    const seenAt = async (minutes: number) => {
      await seeSession(world.pool, { sessionId, memberId, now: later(minutes) });
      return (await listSessions(world.pool, { memberId, now: later(minutes) }))[0]!.seenAt;
    };
    expect(await seenAt(0.9)).toEqual(NOW);
    expect(await seenAt(1.1)).toEqual(later(1.1));
    expect(await seenAt(2)).toEqual(later(1.1));
  });
});
