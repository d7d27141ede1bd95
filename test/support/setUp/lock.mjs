// A lock between processes: a folder that names the process holding it. Runs on Node 20 with built-ins only.
import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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

/** Linking a file that already holds our id is one step: nobody ever sees a lock without its holder. */
async function tryTake(file) {
  const own = `${file}.${String(process.pid)}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  } finally {
    await rm(own, { force: true });
  }
  if (!isAlive(await holderOf(file))) await removeDead(file);
  return false;
}

/** Takes the lock aside before looking again: meanwhile somebody living may have taken it, who gets it back. */
async function removeDead(file) {
  const aside = `${file}.${String(process.pid)}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if (isAlive(await holderOf(aside))) await link(aside, file);
    await rm(aside, { force: true });
  } catch (error) {
    // Another process was quicker.
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  }
}

/** Process id in a lock; that of this living process if the lock has just gone, so that it is tried again. */
async function holderOf(file) {
  try {
    return Number(await readFile(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return process.pid;
    throw error;
  }
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
