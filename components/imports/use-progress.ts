"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { z } from "zod";
import { getJson } from "@/components/ui/api";
import { importState, type Progress, progress } from "@/lib/importing/console/schema";
import { importApi } from "./wizard-view";

const LOOK_EVERY_MS = 1_000;

const answered = z.object({
  state: importState,
  stop: z.enum(["keep", "undo"]).nullable(),
  progress: progress.nullable(),
  ahead: z.number(),
});

export interface Watched {
  progress: Progress | null;
  /** Imports of the workspace that are to be done before. */
  ahead: number;
  stopping: boolean;
}

/** Watches the step under way; when the import comes to another state, the page shows it anew. */
export function useProgress(slug: string, id: number, state: string): Watched {
  const router = useRouter();
  const [watched, setWatched] = useState<Watched>({ progress: null, ahead: 0, stopping: false });
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const answer = await getJson(importApi(slug, id), leaving.signal);
      if (leaving.signal.aborted) return;
      const found = answer.ok ? answered.safeParse(answer.body) : null;
      if (found?.success) {
        if (found.data.state !== state) return router.refresh();
        setWatched({ ...found.data, stopping: found.data.stop !== null });
      }
      timer = setTimeout(look, LOOK_EVERY_MS);
    };
    timer = setTimeout(look, LOOK_EVERY_MS / 2);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [slug, id, state, router]);
  return watched;
}
