import { spawn, type ChildProcess } from "node:child_process";
import { until } from "./until.ts";

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const gracefulMs = 3000;

/** A program that runs in a process group of its own, so that it and all it starts can be ended together. */
export class GroupProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = "";
  #ended = false;

  constructor(name: string, command: string, args: readonly string[], options: ChildOptions) {
    this.#name = name;
    this.#child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const collect = (data: unknown): void => {
      this.#output += String(data);
    };
    this.#child.stdout?.on("data", collect);
    this.#child.stderr?.on("data", collect);
    this.#child.once("error", (error) => {
      this.#output += String(error);
      this.#ended = true;
    });
    this.#child.once("exit", () => {
      this.#ended = true;
    });
    process.once("exit", this.#killGroup);
  }

  /** Everything it has printed. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Waits until its output matches; throws with that output if it ends first. */
  async waitFor(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray> {
    const found = await until(
      `${this.#name} to print ${String(pattern)}`,
      () => pattern.exec(this.#output) ?? (this.#ended ? "ended" : undefined),
      limitMs,
    );
    if (found !== "ended") return found;
    throw new Error(`${this.#name} ended. It had printed:\n${this.#output}`);
  }

  /** Asks the whole group to end, then makes it. */
  async stop(): Promise<void> {
    process.removeListener("exit", this.#killGroup);
    this.#signal("SIGTERM");
    await until(`${this.#name} to end`, () => !this.#groupLives(), gracefulMs).catch(() => {
      this.#signal("SIGKILL");
    });
    await until(`${this.#name} to be gone`, () => !this.#groupLives());
  }

  /** Ends the whole group without asking. */
  async kill(): Promise<void> {
    process.removeListener("exit", this.#killGroup);
    this.#signal("SIGKILL");
    await until(`${this.#name} to be gone`, () => !this.#groupLives());
  }

  readonly #killGroup = (): void => {
    this.#signal("SIGKILL");
  };

  #groupLives(): boolean {
    return this.#signal(0);
  }

  #signal(signal: NodeJS.Signals | 0): boolean {
    const { pid } = this.#child;
    if (pid === undefined) return false;
    try {
      return process.kill(-pid, signal);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
      throw error;
    }
  }
}
