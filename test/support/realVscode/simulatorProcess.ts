import path from "node:path";
import { root } from "../setUp/paths.mjs";
import { GroupProcess } from "./childProcess.ts";

/** The Valar API simulator as a program of its own, on a free port. */
export class SimulatorProcess {
  /** For `valar.baseUrl`, ends in /v1. */
  readonly baseUrl: string;
  readonly #process: GroupProcess;

  private constructor(baseUrl: string, process: GroupProcess) {
    this.baseUrl = baseUrl;
    this.#process = process;
  }

  static async start(args: readonly string[] = []): Promise<SimulatorProcess> {
    const program = path.join(root, "test/support/simulator/main.ts");
    const child = new GroupProcess(
      "the Valar simulator",
      process.execPath,
      [program, "--port", "0", ...args],
      {
        cwd: root,
      },
    );
    const [, baseUrl] = await child.waitFor(/(https?:\/\/[^\s"]+\/v1)/);
    if (baseUrl === undefined) throw new Error("The simulator printed no base URL");
    return new SimulatorProcess(baseUrl, child);
  }

  get output(): string {
    return this.#process.output;
  }

  async stop(): Promise<void> {
    await this.#process.stop();
  }
}
