import { z } from "zod";
import { importParams } from "@/lib/importing/console/params";
import { findRemembered, getImport } from "@/lib/importing/console/queries";
import { saveSettings } from "@/lib/importing/console/requests";
import { content, importRecord, settings } from "@/lib/importing/console/schema";
import { sampleRows, settingsFor } from "@/lib/importing/console/settings";
import { storedFile } from "@/lib/importing/console/stored-file";
import { actorOf } from "@/lib/members/access";
import { workspaceRoute } from "@/lib/members/workspace-route";
import { AppError } from "@/lib/platform/errors";

const SAMPLE_ROWS = 200;
const SHOWN_SAMPLES = 5;

/** What the settings would be if the file were that, and the first values of each column. */
export const GET = workspaceRoute({
  summary:
    "Guesses where the columns of the file go if its rows are of that kind, with samples of each column, and whether the present settings are those of the last such file",
  permission: "data.import",
  params: importParams,
  query: z.object({ content }),
  answer: z.object({ settings, samples: z.array(z.array(z.string())), remembered: z.boolean() }),
  handle: async ({ access: { workspace, db }, params, query }) => {
    const record = await getImport(db, { workspaceId: workspace.id, importId: params.import });
    if (!record.format) throw new AppError("conflict", "The file is not complete", { reason: "wrong_state" });
    const { format, fileName, bytes } = record;
    const file = storedFile(db, { workspaceId: workspace.id, importId: record.id, fileName, bytes });
    const rows = await sampleRows(file, format, SAMPLE_ROWS);
    const samples = format.header.map((_, column) =>
      [...new Set(rows.map((row) => row.cells[column]!.trim()).filter((cell) => cell !== ""))]
        .slice(0, SHOWN_SAMPLES)
        .map((cell) => cell.slice(0, 80)),
    );
    const before =
      record.headerPrint &&
      (await findRemembered(db, { workspaceId: workspace.id, headerPrint: record.headerPrint }));
    const remembered = Boolean(before) && JSON.stringify(before) === JSON.stringify(record.settings);
    return { settings: settingsFor(query.content, format.header, rows), samples, remembered };
  },
});

export const PUT = workspaceRoute({
  summary: "Says what the rows of the file are and where its columns go",
  permission: "data.import",
  params: importParams,
  body: settings,
  bodyLimit: 512 * 1024,
  answer: importRecord,
  handle: ({ access, params, body, now }) =>
    saveSettings(access.db, {
      workspaceId: access.workspace.id,
      importId: params.import,
      actor: actorOf(access),
      now,
      settings: body,
    }),
});
