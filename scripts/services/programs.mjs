import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Where PATH finds `name`, or null. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter).filter(Boolean)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return null;
}
