/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has taken the content by then; the address must not keep it in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
