"use client";

import { useCallback, useState } from "react";
import { z } from "zod";
import { getJson, postJson } from "@/components/ui/api";
import { Sha256 } from "./sha256";

export type Sending =
  | { phase: "idle" }
  | { phase: "hashing" | "sending"; name: string; share: number }
  | { phase: "inspecting"; name: string }
  | { phase: "failed"; name: string; message: string };

const begun = z.object({ id: z.number(), chunkBytes: z.number(), state: z.string() });
const arrived = z.object({ chunks: z.array(z.number()) });

/** Sends a file in pieces, those alone that are not there yet, and answers its import when it is complete. */
export function useUpload(slug: string, onDone: (importId: number) => void) {
  const [sending, setSending] = useState<Sending>({ phase: "idle" });

  const send = useCallback(
    async (file: File) => {
      const { name } = file;
      const fail = (message: string) => setSending({ phase: "failed", name, message });
      try {
        const sha256 = await hashOf(file, (share) => setSending({ phase: "hashing", name, share }));
        const base = `/api/workspaces/${slug}/imports`;
        const made = await postJson(base, { fileName: name, bytes: file.size, sha256 });
        if (!made.ok) return fail(made.message);
        const { id, chunkBytes } = begun.parse(made.body);
        const there = await getJson(`${base}/${id}`);
        if (!there.ok) return fail(there.message);
        const have = new Set(arrived.parse(there.body).chunks);
        const pieces = Math.ceil(file.size / chunkBytes);
        for (let n = 0; n < pieces; n++) {
          setSending({ phase: "sending", name, share: n / pieces });
          if (have.has(n)) continue;
          const piece = file.slice(n * chunkBytes, (n + 1) * chunkBytes);
          const message = await putPiece(`${base}/${id}/chunks/${n}`, piece);
          if (message !== null) return fail(message);
        }
        setSending({ phase: "inspecting", name });
        const whole = await postJson(`${base}/${id}/complete`, {});
        if (!whole.ok) return fail(whole.message);
        onDone(id);
      } catch (error) {
        fail((error as Error).message);
      }
    },
    [slug, onDone],
  );
  return { sending, send };
}

const HASHED_AT_ONCE = 4 * 1024 * 1024;

async function hashOf(file: File, onShare: (share: number) => void): Promise<string> {
  const hash = new Sha256();
  for (let at = 0; at < file.size; at += HASHED_AT_ONCE) {
    onShare(at / file.size);
    hash.update(new Uint8Array(await file.slice(at, at + HASHED_AT_ONCE).arrayBuffer()));
  }
  return hash.hex();
}

/** Sends one piece, three times if need be; a message when it did not arrive. */
async function putPiece(url: string, piece: Blob): Promise<string | null> {
  let message = "";
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const answer = await fetch(url, {
        method: "PUT",
        body: piece,
        headers: { "content-type": "application/octet-stream" },
      });
      if (answer.ok) return null;
      const body = await answer.json().catch(() => null);
      message = body?.error?.message ?? `HTTP ${answer.status}`;
      if (answer.status < 500) return message;
    } catch (error) {
      message = (error as Error).message;
    }
  }
  return message;
}
