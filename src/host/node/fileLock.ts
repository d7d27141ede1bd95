import { mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

/** How often a lock that another has is looked at, ms. */
const pollMs = 10;
/** So often a lock is looked at whose holder seems to live, before it is taken away: about 10 s awake. */
const mostPolls = 1000;
/** So often a lock is asked for that the disk refuses: a virus scanner may be at the file. */
const mostRefusals = 10;

/** Runs a task while the lock, a file that only one can make, is one's own. See `HistoryFiles.exclusively`. */
export async function withFileLock<T>(lock: string, task: () => Promise<T>, waitMs = pollMs): Promise<T> {
  const own = `${process.pid} ${crypto.randomUUID()}`;
  const isOwn = await take(lock, own, waitMs);
  try {
    return await task();
  } finally {
    if (isOwn && (await holderOf(lock)) === own) {
      await rm(lock, { force: true });
    }
  }
}

/** False when the disk gives none. */
async function take(lock: string, own: string, waitMs: number): Promise<boolean> {
  try {
    await mkdir(path.dirname(lock), { recursive: true });
  } catch (error) {
    codeOf(error);
    return false;
  }
  let seen: string | undefined;
  let [polls, refusals] = [0, 0];
  while (polls <= mostPolls && refusals < mostRefusals) {
    const failure = await create(lock, own);
    if (failure === undefined) {
      return true;
    }
    refusals += failure === "EEXIST" ? 0 : 1;
    const holder = await holderOf(lock);
    polls = holder === seen ? polls + 1 : 0;
    seen = holder;
    const isStuck = polls === mostPolls;
    if (holder !== undefined && (isStuck || isGone(holder))) {
      await removeOf(holder, lock, isStuck);
    }
    await setTimeout(waitMs);
  }
  return false;
}

/** The error's code when it could not be made. */
async function create(lock: string, own: string): Promise<string | undefined> {
  try {
    const file = await open(lock, "wx");
    try {
      await file.writeFile(own);
    } catch (error) {
      await rm(lock, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

/** Undefined when nobody has the lock; empty when it is just being made. */
async function holderOf(lock: string): Promise<string | undefined> {
  try {
    return await readFile(lock, "utf8");
  } catch (error) {
    codeOf(error);
    return undefined;
  }
}

/**
 * Removes the lock of a holder that is no more: one has the right to, so that none removes the lock of the next.
 * `isStuck`: whoever had that right is no more either.
 */
async function removeOf(holder: string, lock: string, isStuck: boolean): Promise<void> {
  const right = `${lock}.${holder.replaceAll(/[^\w-]/g, "_")}`;
  if (isStuck) {
    await rm(right, { force: true });
  }
  if ((await create(right, "")) === undefined) {
    try {
      if ((await holderOf(lock)) === holder) {
        await rm(lock, { force: true });
      }
    } finally {
      await rm(right, { force: true });
    }
  }
}

function isGone(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  try {
    return pid > 0 && !process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** The code of a file system's error. Throws any other. */
function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  throw error;
}
