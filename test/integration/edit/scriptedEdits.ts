import type * as vscode from "vscode";
import { ApiError } from "../../../src/core/api/errors.ts";
import type { ChatEvent, ChatMessage, Finish } from "../../../src/core/api/types.ts";
import { onAbort } from "../../../src/core/util/abort.ts";
import { deferred } from "../../../src/core/util/async.ts";
import { createSystemClock, type Clock } from "../../../src/core/util/clock.ts";
import { EditService } from "../../../src/host/edit/editService.ts";
import type { Rules } from "../../../src/core/edit/rules.ts";
import type { NotifyAction } from "../../../src/host/notify.ts";

export interface Message {
  readonly severity: string;
  readonly message: string;
  readonly actions: readonly NotifyAction[];
}

/** An edit service whose model says what the test says, and whose messages the test reads. */
export class ScriptedEdits implements vscode.Disposable {
  readonly service: EditService;
  readonly messages: Message[] = [];
  readonly requests: (readonly ChatMessage[])[] = [];
  readonly memory = new Map<string, readonly string[]>();
  readonly errors: unknown[] = [];
  readonly logged: string[] = [];
  /** What a button of each message throws. */
  notifyFails: Error | undefined;
  rules: readonly Rules[] = [];
  #script: (signal: AbortSignal) => AsyncGenerator<ChatEvent, void> = () => answer("");

  constructor(clock: Clock = createSystemClock()) {
    const { memory } = this;
    this.service = new EditService({
      stream: (messages, signal) => {
        this.requests.push(messages);
        return this.#script(signal);
      },
      notify: (severity, message, actions = []) => {
        this.messages.push({ severity, message, actions });
        return this.notifyFails === undefined ? Promise.resolve() : Promise.reject(this.notifyFails);
      },
      describeError: (error, retry) => ({
        message: error instanceof Error ? error.message : String(error),
        actions: [retry, { label: "Set API Token", run: () => undefined }],
      }),
      onError: (error) => {
        this.errors.push(error);
        return Promise.resolve();
      },
      log: { error: (message, error) => this.logged.push(`${message}: ${String(error)}`) },
      rules: () => Promise.resolve(this.rules),
      memory: {
        get: (key) => memory.get(key),
        update: (key, value) => {
          memory.set(key, value);
          return Promise.resolve();
        },
      },
      clock,
    });
  }

  /** The next answers are this text, whole. */
  says(text: string, finish: Partial<Finish> = {}): void {
    this.#script = () => answer(text, finish);
  }

  /** The next answers are `code` in a fence. */
  gives(code: string): void {
    this.says(`\`\`\`\n${code}\n\`\`\``);
  }

  fails(error: Error): void {
    // eslint-disable-next-line require-yield -- it fails before it says anything
    this.#script = async function* () {
      await Promise.resolve();
      throw error;
    };
  }

  /** The next answer breaks after `start` and, sent again, is another. */
  diverges(start: string, replay: string): void {
    this.#script = async function* () {
      await Promise.resolve();
      yield { type: "delta", channel: "content", text: start };
      throw new ApiError("diverged", "It differs.", {
        replay: {
          content: replay,
          reasoning: "",
          refusal: "",
          toolCalls: [],
          usage: undefined,
          finish: wholeFinish,
        },
      });
    };
  }

  /** The next answer stops after `start` until `goOn` is called. */
  holds(start: string, rest: string): { goOn: () => void; isAborted: () => boolean } {
    const gate = deferred<undefined>();
    let aborted = false;
    this.#script = async function* (signal) {
      onAbort(signal, () => {
        aborted = true;
        gate.resolve(undefined);
      });
      yield { type: "delta", channel: "content", text: start };
      await gate.promise;
      if (aborted) return;
      yield* answer(rest);
    };
    return { goOn: () => gate.resolve(undefined), isAborted: () => aborted };
  }

  /** Presses a button of the last message. */
  async press(label: string): Promise<void> {
    const action = this.messages.at(-1)?.actions.find((button) => button.label === label);
    if (action === undefined) {
      throw new Error(`No button “${label}” in ${JSON.stringify(this.messages.at(-1))}`);
    }
    await action.run();
  }

  dispose(): void {
    this.service.dispose();
  }
}

export const wholeFinish: Finish = {
  reason: "stop",
  verified: true,
  truncated: false,
  responseId: undefined,
  model: undefined,
  requestId: undefined,
  attempts: 1,
};

async function* answer(text: string, finish: Partial<Finish> = {}): AsyncGenerator<ChatEvent, void> {
  for (let at = 0; at < text.length; at += 5) {
    await Promise.resolve();
    yield { type: "delta", channel: "content", text: text.slice(at, at + 5) };
  }
  yield { type: "finished", finish: { ...wholeFinish, ...finish } };
}
