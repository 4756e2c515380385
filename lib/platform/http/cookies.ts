/** Cookies of a plain Request by name; the first of a repeated name counts, as browsers send the closest path first. */
export function requestCookies(headers: Headers): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    const name = part.slice(0, at).trim();
    if (!found.has(name)) found.set(name, decodeURIComponentSafely(part.slice(at + 1).trim()));
  }
  return found;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
