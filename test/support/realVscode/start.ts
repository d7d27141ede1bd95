// What `npm start` does once everything is installed.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { testKey } from "../simulator/config.ts";
import { onPath } from "../setUp/chromium.mjs";
import { runMain, SetUpError, step } from "../setUp/steps.mjs";
import { ensureExtensions } from "./extensions.ts";
import { VscodeServer } from "./server.ts";
import { baseSettings, themes, type ThemeName } from "./settings.ts";
import { SimulatorProcess } from "./simulatorProcess.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { copySample } from "./workspace.ts";

interface Stoppable {
  stop(): Promise<void>;
}

async function main(): Promise<number> {
  const { port, host, theme } = readOptions();
  const signal = nextStopSignal();
  const { extensionsFolder } = await step("Building Valar and installing it into VS Code", ensureExtensions);
  const folder = await temporaryFolder("start");
  const dataFolder = folder.path;
  const running: Stoppable[] = [];
  try {
    const workspace = await copySample(dataFolder);
    const api = await step(describeApi(), () => startApi(running));
    const server = await step("Starting VS Code", () =>
      VscodeServer.start({
        dataFolder,
        extensionsFolder,
        settings: { ...baseSettings, "workbench.colorTheme": themes[theme], ...api.settings },
        env: { ...api.env, VALAR_HELPER_STARTUP: JSON.stringify(startupCommands) },
        port,
        host,
        forTests: false,
      }),
    );
    running.push(server);
    announce(server.address(workspace), api.note);
    await signal;
    console.log("\nStopping …");
  } finally {
    for (const part of running.reverse()) await part.stop();
    await folder.remove();
  }
  return 0;
}

/** What the window shows when it opens: the panel, which keeps the focus, and a file worth asking about. */
const startupCommands = [
  ["valar.focusChat"],
  ["vscode.open", { file: "src/orders.ts" }, { preserveFocus: true }],
];

function describeApi(): string {
  return hasOwnKey() ? "Using the real Valar API with VALAR_API_KEY" : "Starting the Valar API simulator";
}

function hasOwnKey(): boolean {
  return (process.env.VALAR_API_KEY ?? "") !== "";
}

/** Answers come at about the speed of a quick model, so that their streaming can be seen. */
const humanPace = ["--tokens-per-second", "150", "--first-token-ms", "400"];

interface Api {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly note: string;
}

async function startApi(running: Stoppable[]): Promise<Api> {
  if (hasOwnKey())
    return { settings: {}, env: {}, note: "Answers come from the real Valar API and are billed." };
  const simulator = await SimulatorProcess.start(humanPace);
  running.push(simulator);
  return {
    settings: { "valar.baseUrl": simulator.baseUrl },
    env: { VALAR_API_KEY: testKey },
    note: "Answers come from a simulator on this machine. Set VALAR_API_KEY to use the real Valar API.",
  };
}

function announce(address: string, note: string): void {
  console.log(`\n  VS Code with Valar is ready:\n\n    ${address}\n\n  ${note}\n  Ctrl+C stops it.\n`);
  void openInBrowser(address);
}

/** Opens the person's browser where there is a display; the printed address is enough where there is none. */
async function openInBrowser(address: string): Promise<void> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (DISPLAY === undefined && WAYLAND_DISPLAY === undefined) return;
  const opener = await onPath("xdg-open");
  if (opener === undefined) return;
  spawn(opener, [address], { detached: true, stdio: "ignore" })
    .once("error", (error) => console.log(`The browser could not be opened (${error.message}).`))
    .unref();
}

function nextStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => resolve());
  });
}

interface Options {
  readonly port: number;
  readonly host: string;
  readonly theme: ThemeName;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      theme: { type: "string", default: "dark" },
    },
  });
  const text = values.port ?? process.env.PORT ?? "0";
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new SetUpError(`${text} is not a port.`);
  const theme = (Object.keys(themes) as ThemeName[]).find((name) => name === values.theme);
  if (theme === undefined) throw new SetUpError(`The themes are ${Object.keys(themes).join(", ")}.`);
  return { port, host: values.host, theme };
}

await runMain(main);
