// A lock between processes: a folder that names the process holding it. Runs on Node 20 with built-ins only.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

const pollMs = 250;

/**
 * Runs `work` while holding the lock `file`. Waits for a living holder, takes over from a dead one.
 * `onWait` is called once if there is somebody to wait for.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => undefined) {
  await mkdir(path.dirname(file), { recursive: true });
  let waited = false;
  while (!(await tryTake(file))) {
    if (!waited) onWait();
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function tryTake(file) {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const holder = Number(await readFile(file, "utf8").catch(ifMissing));
  // An empty file is a lock being written at this moment.
  if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
  return false;
}

function ifMissing(error) {
  if (error.code === "ENOENT") return "";
  throw error;
}

/** Whether a process with this id runs, under whatever user. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
