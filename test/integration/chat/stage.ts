import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ApiClient } from "../../../src/core/api/client.ts";
import type {
  ChatEvent,
  ChatParameters,
  Finish,
  PreparedRequest,
  ResponseFormat,
  ShownAnswer,
} from "../../../src/core/api/types.ts";
import { createSystemClock } from "../../../src/core/util/clock.ts";
import { ChatSession } from "../../../src/host/chat/chatSession.ts";
import { ConversationStore } from "../../../src/host/chat/conversationStore.ts";
import { GuardedWrites } from "../../../src/host/chat/guardedWrites.ts";
import type { LiveConversation } from "../../../src/host/chat/liveConversation.ts";
import { OpenConversations } from "../../../src/host/chat/openConversations.ts";
import { PanelStore, type PlaceId } from "../../../src/host/chat/panelStore.ts";
import type { ContextBudget, ContextSource, PromptSource } from "../../../src/host/chat/ports.ts";
import { ConversationFiles } from "../../../src/host/conversationFiles.ts";
import { NodeHistoryFiles } from "../../../src/host/node/nodeHistoryFiles.ts";
import type { AnswerView, ChatSnapshot, HostEvent } from "../../../src/protocol/chat.ts";

export const finish: Finish = {
  reason: "stop",
  verified: true,
  truncated: false,
  responseId: "r",
  model: "m",
  requestId: "req-1",
  attempts: 1,
};
export const done: ChatEvent = { type: "finished", finish };
export const text = (content: string): ChatEvent => ({ type: "delta", channel: "content", text: content });

export type Script = (signal: AbortSignal, shown: ShownAnswer | undefined) => AsyncGenerator<ChatEvent, void>;

/** Keeps what a person would find in the log. */
export class TestLog {
  readonly lines: string[] = [];
  warn(message: string): void {
    this.lines.push(message);
  }
  error(message: string): void {
    this.lines.push(message);
  }
}

const nothing = () => vscode.Disposable.from();

/** Context, slash commands and sizes as a test needs them. */
export class TestPorts {
  ambient: Awaited<ReturnType<ContextSource["collectAmbient"]>> = [];
  expand: PromptSource["expand"] = () => Promise.resolve(undefined);
  fit: ContextBudget["fit"] = (branch) => ({ type: "fits", branch });
  /** Model and real tokens of each answer that was learnt from. */
  readonly learnt: (readonly [string, number])[] = [];

  readonly context: ContextSource = {
    search: () => Promise.resolve([]),
    resolve: () => Promise.resolve(undefined),
    fromUris: () => Promise.resolve([]),
    pick: () => Promise.resolve(undefined),
    droppedText: () => assert.fail("no text was expected"),
    image: () => assert.fail("no image was expected"),
    ambient: () => [],
    setAmbient: () => undefined,
    ambientItems: () => this.ambient,
    collectAmbient: () => Promise.resolve(this.ambient),
    collectRules: () => Promise.resolve(this.ambient.filter(({ kind }) => kind === "rules")),
    open: () => Promise.resolve(),
    onDidChange: nothing,
  };
  readonly prompts: PromptSource = {
    list: () => [],
    expand: (text, context, signal) => this.expand(text, context, signal),
    onDidChange: nothing,
  };
  readonly budget: ContextBudget = {
    meter: (_branch, draft) => ({
      promptTokens: draft.length,
      limitTokens: undefined,
      minCostUsd: undefined,
    }),
    fit: (...asked) => this.fit(...asked),
    calibrate: (model, _branch, tokens) => this.learnt.push([model, tokens]),
    refused: () => undefined,
  };
}

/** A session whose model is a script: one for each request, in order. */
export class Stage {
  readonly session: ChatSession;
  readonly conversations: OpenConversations;
  readonly ports = new TestPorts();
  readonly events: HostEvent[] = [];
  readonly sent: ChatParameters[] = [];
  readonly keys: string[] = [];
  readonly scripts: Script[] = [];
  readonly #panels: PanelStore;
  readonly told: string[] = [];
  /** How many conversations could not be read. */
  unreadable = 0;
  /** A request is prepared no sooner than this. */
  prepared: Promise<unknown> = Promise.resolve();
  model = "m";
  refusal: Error | undefined;
  responseFormat: ResponseFormat | undefined;

  /** With a `client` its server answers in place of the scripts. */
  constructor(folder: string, log: TestLog, client?: Pick<ApiClient, "prepareChat" | "streamChat">) {
    const files = new NodeHistoryFiles(folder);
    const writes = new GuardedWrites(log, () => assert.fail("The chat could not be saved"));
    this.#panels = new PanelStore(files, writes, log);
    this.conversations = new OpenConversations({
      streamChat: (request, signal, shown) => {
        this.keys.push(request.key);
        if (client) {
          return client.streamChat(request, signal, shown);
        }
        const script = this.scripts.shift();
        assert.ok(script, "a request that the test did not expect");
        return script(signal, shown);
      },
      prepareChat: (parameters) => client?.prepareChat(parameters) ?? this.#prepare(parameters),
      parameters: (model = client ? "zai-org/GLM-5.1-FP8" : this.model) => ({
        model,
        completionWindow: "asap",
      }),
      instructions: () => "",
      responseFormat: () => Promise.resolve(this.responseFormat),
      modelName: (id) => id,
      modelInfo: (id) => ({ name: id, imageInput: id !== "blind" }),
      costOf: () => undefined,
      budget: this.ports.budget,
      store: new ConversationStore(new ConversationFiles(files, log), writes, log, () => this.unreadable++),
      panels: this.#panels,
      chooseFit: () => Promise.resolve(undefined),
      inform: (text) => this.told.push(text),
      clock: createSystemClock(),
    });
    this.session = this.place("view");
    this.session.onDidHappen((event) => this.events.push(event));
  }

  /** Another place that shows chats of the same window. */
  place(place: PlaceId): ChatSession {
    const model = {
      id: "m",
      name: "m",
      isKnown: true,
      imageInput: undefined,
      reasoning: undefined,
      windows: [],
    };
    return new ChatSession(
      {
        context: this.ports.context,
        prompts: this.ports.prompts,
        budget: this.ports.budget,
        rate: { text: undefined, onDidChange: nothing },
        models: {
          current: () => ({ model, effort: undefined, window: "asap" }),
          list: () => Promise.resolve([model]),
          chooseModel: () => Promise.resolve(),
          chooseEffort: () => Promise.resolve(),
          chooseWindow: () => Promise.resolve(),
        },
        account: () => Promise.resolve({ state: "signedIn", source: "stored" }),
        conversations: this.conversations,
        panels: this.#panels,
        clock: createSystemClock(),
      },
      place,
    );
  }

  /** The conversation that is shown. */
  live(): Promise<LiveConversation> {
    return this.session.conversation();
  }

  flush(): Promise<void> {
    return this.conversations.flush();
  }

  /** As when the host ends: nothing that runs is ended. */
  dispose(): void {
    this.conversations.dispose();
    this.session.dispose();
  }

  async #prepare(parameters: ChatParameters): Promise<PreparedRequest> {
    await this.prepared;
    if (this.refusal) {
      throw this.refusal;
    }
    this.sent.push(parameters);
    return {
      key: `key-${String(this.sent.length)}`,
      body: JSON.stringify(parameters),
      bodyHash: "",
      baseUrl: "",
      tokenFingerprint: "",
      stream: true,
    };
  }

  snapshot(): Promise<ChatSnapshot> {
    return this.session.snapshot(() => 0);
  }

  async answer(): Promise<AnswerView> {
    const last = (await this.snapshot()).messages.at(-1);
    assert.equal(last?.kind, "answer");
    return last;
  }

  /** Resolves when text has arrived. */
  textShown(): Promise<void> {
    return new Promise((resolve) => {
      const listener = this.session.onDidHappen((event) => {
        if (event.type === "delta") {
          listener.dispose();
          resolve();
        }
      });
    });
  }

  /** Resolves when nothing is being answered. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.session.isRunning) {
        resolve();
        return;
      }
      const listener = this.session.onDidChangeRunning((isRunning) => {
        if (!isRunning) {
          listener.dispose();
          resolve();
        }
      });
    });
  }
}

export async function* say(...events: ChatEvent[]): AsyncGenerator<ChatEvent, void> {
  for (const event of events) {
    await Promise.resolve();
    yield event;
  }
}

/** Says something, then waits until it is cancelled. */
export async function* sayAndWait(signal: AbortSignal, content: string): AsyncGenerator<ChatEvent, void> {
  yield text(content);
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
