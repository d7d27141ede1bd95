import { cp } from "node:fs/promises";
import path from "node:path";
import { root } from "../setUp/paths.mjs";

const sample = path.join(root, "test/support/sample");

/** Copies the sample workspace into `parent` and gives the copy's path. */
export async function copySample(parent: string): Promise<string> {
  const copy = path.join(parent, "sample");
  await cp(sample, copy, { recursive: true });
  return copy;
}
