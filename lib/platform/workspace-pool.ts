import pg from "pg";

/** A pool whose connections see and write one workspace alone: row-level security asks for the setting it makes. */
export interface WorkspacePool extends pg.Pool {
  readonly workspaceId: number;
}

type Handover = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

/**
 * The workspace a connection was last bound to; absent: none yet. Written on the connection itself: bundled routes may each
 * hold their own copy of this module, but they share the connections.
 */
const BOUND = Symbol.for("perennial.boundWorkspace");
type Client = pg.PoolClient & { [BOUND]?: number };

const BIND = "SELECT set_config('app.workspace', $1, false)";

/**
 * Takes a connection and hands it over bound to the workspace (null: to none). The setting stays with the session, so it
 * costs a round trip only when this connection served another workspace last. One that cannot be bound is thrown away.
 */
function take(pool: pg.Pool, workspaceId: number | null, handOver: Handover): void {
  pg.Pool.prototype.connect.call(pool, (error, given, done) => {
    const client = given as Client | undefined;
    if (error || !client || (client[BOUND] ?? null) === workspaceId) return handOver(error, client, done);
    client.query(BIND, [workspaceId === null ? "" : String(workspaceId)], (failure: Error | null) => {
      if (failure) {
        done(failure);
        return handOver(failure, undefined, () => {});
      }
      client[BOUND] = workspaceId ?? undefined;
      handOver(undefined, client, done);
    });
  });
}

/** pg's `connect`, which answers by callback or by promise; `pool.query` goes through it as well. */
function connectBound(pool: pg.Pool, workspaceId: number | null) {
  return (callback?: Handover) => {
    if (callback) return take(pool, workspaceId, callback);
    return new Promise<pg.PoolClient>((resolve, reject) =>
      take(pool, workspaceId, (error, client) => (client ? resolve(client) : reject(error))),
    );
  };
}

/** A pool whose own use is bound to no workspace, whatever its connections served before. */
export class UnboundPool extends pg.Pool {
  override connect = connectBound(this, null) as pg.Pool["connect"];
}

const views = new WeakMap<pg.Pool, Map<number, WorkspacePool>>();

/**
 * The pool as one workspace sees it: the same connections, each bound when it is taken. Asked twice it is the same object,
 * so that what is remembered per pool is remembered per workspace. Closing is the pool's own affair.
 */
export function workspacePool(pool: pg.Pool, workspaceId: number): WorkspacePool {
  let ofPool = views.get(pool);
  if (!ofPool) views.set(pool, (ofPool = new Map()));
  let view = ofPool.get(workspaceId);
  if (!view) {
    // Inherits the pool; `query` calls `connect` of whatever it is called on.
    view = Object.create(pool, {
      workspaceId: { value: workspaceId, enumerable: true },
      connect: { value: connectBound(pool, workspaceId) },
      end: {
        value: () =>
          Promise.reject(new Error("Only the pool itself is closed, not a workspace's view of it")),
      },
    }) as WorkspacePool;
    ofPool.set(workspaceId, view);
  }
  return view;
}
