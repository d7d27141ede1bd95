import { testKey } from "../../support/simulator/config.ts";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../support/simulator/server.ts";
import { launchVscode, type LaunchOptions, type RealVscode, type WindowOptions } from "./launch.ts";
import type { Workbench } from "./workbench.ts";

export interface StageOptions extends LaunchOptions {
  readonly simulator?: SimulatorOptions;
  /** Whether VALAR_API_KEY is set to the simulator's key; default true. */
  readonly isSignedIn?: boolean;
  /** What the window is like, once its VS Code runs; default: the sample workspace is open. */
  readonly window?: (vscode: RealVscode) => WindowOptions | Promise<WindowOptions>;
}

/** A simulator, a VS Code that talks to it, and one window: there from Mocha's `before` to its `after`. */
export class Stage {
  #simulator: Simulator | undefined;
  #vscode: RealVscode | undefined;
  #window: Workbench | undefined;

  get simulator(): Simulator {
    return started(this.#simulator);
  }

  get vscode(): RealVscode {
    return started(this.#vscode);
  }

  get window(): Workbench {
    return started(this.#window);
  }

  async open(options: StageOptions): Promise<void> {
    const { simulator, isSignedIn = true, window, ...launch } = options;
    this.#simulator = await startSimulator(simulator);
    this.#vscode = await launchVscode({
      ...launch,
      settings: { "valar.baseUrl": this.#simulator.baseUrl, ...launch.settings },
      env: { ...(isSignedIn ? { VALAR_API_KEY: testKey } : {}), ...launch.env },
    });
    this.#window = await this.#vscode.openWindow(await window?.(this.#vscode));
  }

  async close(): Promise<void> {
    await this.#vscode?.close();
    await this.#simulator?.close();
  }
}

/** Call it in a `describe`: the stage is open in its tests, and the simulator is reset after each. */
export function useStage(options: StageOptions = {}): Stage {
  const stage = new Stage();
  before(() => stage.open(options));
  afterEach(() => stage.simulator.reset());
  after(() => stage.close());
  return stage;
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("The stage is not open: use it inside tests");
  return part;
}
