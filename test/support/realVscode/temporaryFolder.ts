import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const options = { recursive: true, force: true, maxRetries: 3 } as const;

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a folder under the system's own, which is removed by `remove`, or else when this process exits. */
export async function temporaryFolder(purpose: string): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), `valar-${purpose}-`));
  const removeAtExit = (): void => rmSync(folder, options);
  process.once("exit", removeAtExit);
  return {
    path: folder,
    async remove() {
      process.removeListener("exit", removeAtExit);
      await rm(folder, options);
    },
  };
}
