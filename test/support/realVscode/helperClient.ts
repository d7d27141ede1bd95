// Talks to the helper extension (helper/extension.cjs) inside a real VS Code.
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { until } from "./until.ts";

/** A document as the extension host sees it. */
export interface DocumentState {
  readonly text: string;
  readonly isDirty: boolean;
  readonly version: number;
  readonly eol: "\n" | "\r\n";
}

/** Zero-based line and character. */
export type Place = readonly [line: number, character: number];

export interface ActiveEditor extends DocumentState {
  readonly uri: string;
  readonly selection: { readonly start: Place; readonly end: Place };
}

/** A model as another extension sees it. */
export interface SeenModel {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly maxInputTokens: number;
}

export type ModelPart =
  | { readonly text: string }
  | { readonly call: string; readonly id: string; readonly input: unknown }
  | { readonly id: string; readonly result: string }
  /** A PNG in base64. */
  | { readonly image: string };

export interface ModelQuestion {
  readonly model: string;
  readonly messages: readonly { readonly role: "user" | "assistant"; readonly parts: readonly ModelPart[] }[];
  readonly tools?: readonly {
    readonly name: string;
    readonly description: string;
    readonly inputSchema: object;
  }[];
  /** Cancels when so many parts have come. */
  readonly cancelAfter?: number;
}

export interface ModelReply {
  readonly parts: readonly ModelPart[];
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface ToolReply {
  readonly text: string;
  readonly error: { readonly code: string; readonly message: string } | null;
}

interface HelperRequests {
  ping: [Record<string, never>, { pid: number; vscode: string }];
  shiftClock: [{ ms: number }, null];
  execute: [{ command: string; args: readonly unknown[] }, unknown];
  open: [{ file: string }, DocumentState];
  select: [{ file: string; start: Place; end: Place }, DocumentState];
  document: [{ file: string }, DocumentState | null];
  activeEditor: [Record<string, never>, ActiveEditor | null];
  setting: [{ name: string; value: unknown }, null];
  languageModels: [{ vendor: string }, readonly SeenModel[]];
  askModel: [ModelQuestion, ModelReply];
  countTokens: [{ model: string; text: string }, number];
  invokeTool: [{ name: string; input: object }, ToolReply];
  isActive: [{ extension: string }, boolean];
}

/** Asks the helper of one window. Files are relative to the workspace folder, or absolute. */
export class HelperClient {
  readonly #socket: string;

  private constructor(socket: string) {
    this.#socket = socket;
  }

  /** The sockets of the extension hosts that run now. */
  static async sockets(folder: string): Promise<ReadonlySet<string>> {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".sock"));
    const alive: string[] = [];
    for (const name of names) {
      const socket = path.join(folder, name);
      if (await answers(socket)) alive.push(socket);
    }
    return new Set(alive);
  }

  /** Waits for an extension host that was not among `before`. */
  static async connect(folder: string, before: ReadonlySet<string>): Promise<HelperClient> {
    return until("the helper extension to answer", async () => {
      const fresh = [...(await HelperClient.sockets(folder))].find((socket) => !before.has(socket));
      return fresh === undefined ? undefined : new HelperClient(fresh);
    });
  }

  /** Process id of the extension host. */
  get pid(): number {
    return Number(path.basename(this.#socket, ".sock"));
  }

  /** Throws what the helper threw, with its stack. */
  async ask<M extends keyof HelperRequests>(
    method: M,
    params: HelperRequests[M][0],
  ): Promise<HelperRequests[M][1]> {
    const reply = await exchange(this.#socket, JSON.stringify({ method, params }));
    const { result, error } = JSON.parse(reply) as { result: HelperRequests[M][1]; error?: string };
    if (error !== undefined) throw new Error(`${method} failed in the extension host: ${error}`);
    return result;
  }
}

async function answers(socket: string): Promise<boolean> {
  return exchange(socket, JSON.stringify({ method: "ping", params: {} })).then(
    () => true,
    () => false,
  );
}

function exchange(socketPath: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let text = "";
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("The extension host went away.")));
    socket.on("data", (data) => {
      text += String(data);
      const end = text.indexOf("\n");
      if (end < 0) return;
      resolve(text.slice(0, end));
      socket.destroy();
    });
    socket.write(`${line}\n`);
  });
}
