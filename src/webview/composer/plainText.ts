/** More than the host reads of any file at once is not handed over. */
export const maxTextMegabytes = 8;

/** The text of a dropped file; undefined for what holds none, such as a folder. */
export async function plainText(file: File): Promise<string | undefined> {
  // A folder looks like a file until it is read.
  const text = await file.text().catch(() => undefined);
  return text?.includes("\0") === true ? undefined : text;
}
