import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { codeServerEntry } from "../setUp/codeServer.mjs";
import { npmEnvironment } from "../setUp/npm.mjs";
import { SetUpError } from "../setUp/steps.mjs";
import { GroupProcess } from "./childProcess.ts";

export interface ServerOptions {
  /** A folder of this server's own: user data, and the empty config file that keeps it out of the home folder. */
  readonly dataFolder: string;
  /** Where the extensions are installed; several servers may share it. */
  readonly extensionsFolder: string;
  /** Written as the person's settings.json. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Environment of the extension host, over this process's own. undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** Where to listen; default 127.0.0.1, which only this machine reaches. */
  readonly host?: string;
  /** True asks for workspace trust as a desktop does; the default is to trust every folder. */
  readonly workspaceTrust?: boolean;
  /** False, for people, leaves out what only tests need: the smoke test driver. */
  readonly forTests?: boolean;
}

/** A running code-server: the real VS Code, served on loopback. */
export class VscodeServer {
  readonly port: number;
  readonly userDataFolder: string;
  readonly #process: GroupProcess;

  private constructor(port: number, userDataFolder: string, process: GroupProcess) {
    this.port = port;
    this.userDataFolder = userDataFolder;
    this.#process = process;
  }

  static async start(options: ServerOptions): Promise<VscodeServer> {
    const userDataFolder = path.join(options.dataFolder, "user-data");
    const config = path.join(options.dataFolder, "config.yaml");
    const temporary = path.join(options.dataFolder, "tmp");
    await mkdir(path.join(userDataFolder, "User"), { recursive: true });
    await mkdir(temporary, { mode: 0o700, recursive: true });
    await writeFile(settingsFile(userDataFolder), JSON.stringify(options.settings, undefined, 2));
    await writeFile(config, "cert: false\n");
    const child = new GroupProcess(
      "code-server",
      process.execPath,
      serverArguments(options, userDataFolder, config),
      {
        env: serverEnvironment(options, temporary),
      },
    );
    const listening = await listeningLine(child, options.port ?? 0);
    return new VscodeServer(Number(listening[1]), userDataFolder, child);
  }

  /** Where this machine reaches it, without a path. */
  get origin(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Address of the window that has this folder open, or the folders of this `.code-workspace` file; or nothing. */
  address(folder: string | undefined, payload: readonly (readonly [string, string])[] = []): string {
    const url = new URL(this.origin);
    if (folder === undefined) url.searchParams.set("ew", "true");
    else url.searchParams.set(folder.endsWith(".code-workspace") ? "workspace" : "folder", folder);
    if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
    return url.href;
  }

  /** What code-server printed. */
  get output(): string {
    return this.#process.output;
  }

  /** The person's settings.json; VS Code notices when it changes. */
  get settingsFile(): string {
    return settingsFile(this.userDataFolder);
  }

  /** Ends the server, its extension hosts and everything they started. */
  async stop(): Promise<void> {
    await this.#process.stop();
  }

  /** The same without warning, as a crash does. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }
}

async function listeningLine(child: GroupProcess, port: number): Promise<RegExpExecArray> {
  const line = await child.waitFor(/HTTP server listening on http:\/\/\S+:(\d+)|EADDRINUSE/);
  if (line[1] !== undefined) return line;
  await child.stop();
  throw new SetUpError(`Port ${String(port)} is taken by another program. Choose one with --port.`);
}

function settingsFile(userDataFolder: string): string {
  return path.join(userDataFolder, "User/settings.json");
}

function serverArguments(options: ServerOptions, userDataFolder: string, config: string): string[] {
  const forTests = options.forTests ?? true;
  return [
    codeServerEntry,
    ...[
      "--config",
      config,
      "--auth",
      "none",
      "--bind-addr",
      `${options.host ?? "127.0.0.1"}:${String(options.port ?? 0)}`,
    ],
    ...["--user-data-dir", userDataFolder, "--extensions-dir", options.extensionsFolder],
    ...[
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-getting-started-override",
      "--app-name",
      "VS Code",
    ],
    ...(options.workspaceTrust === true ? [] : ["--disable-workspace-trust"]),
    ...(forTests ? ["--vscode-option", "enable-smoke-test-driver"] : []),
  ];
}

function serverEnvironment(options: ServerOptions, temporary: string): NodeJS.ProcessEnv {
  // code-server would take the first for its own port and password, the rest for an outer VS Code's.
  const foreign = /^(PORT|PASSWORD|HASHED_PASSWORD|GITHUB_TOKEN|VSCODE_.*|CODE_SERVER_.*)$/;
  const own = Object.entries(npmEnvironment()).filter(([name]) => !foreign.test(name));
  const env: NodeJS.ProcessEnv = Object.fromEntries(own);
  return {
    ...env,
    // No gallery: without a connection its search delays the extension host by many seconds.
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "" }),
    // Its sockets go where they are removed with everything else.
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    ...options.env,
  };
}
