import * as vscode from "vscode";
import { isAbortError } from "../../core/util/abort.ts";
import type { HostEvent, HostHandlers, HostMethod, HostRequests, ToWebview } from "../../protocol/chat.ts";
import type { Log } from "../log.ts";
import { decodeMessage, type DecodedRequest, requestId } from "./decode.ts";

/** One webview's line to the host: numbers the events it posts, answers its requests, cancels them when asked. */
export class WebviewConnection implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #handlers: HostHandlers;
  readonly #log: Pick<Log, "error">;
  readonly #listener: vscode.Disposable;
  readonly #running = new Map<number, AbortController>();
  #seq = 0;

  /** `makeHandlers` gets the number of the last event posted, for snapshots. */
  constructor(
    webview: vscode.Webview,
    makeHandlers: (seq: () => number) => HostHandlers,
    log: Pick<Log, "error">,
  ) {
    this.#webview = webview;
    this.#handlers = makeHandlers(() => this.#seq);
    this.#log = log;
    this.#listener = webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
  }

  dispose(): void {
    this.#listener.dispose();
    for (const controller of this.#running.values()) {
      controller.abort();
    }
    this.#running.clear();
  }

  post(event: HostEvent): void {
    this.#seq += 1;
    const seq = this.#seq;
    const numbered = event.type === "snapshot" ? { ...event, snapshot: { ...event.snapshot, seq } } : event;
    this.#send({ type: "event", seq, event: numbered });
  }

  #receive(message: unknown): void {
    try {
      const decoded = decodeMessage(message);
      if (decoded.type === "cancel") {
        this.#running.get(decoded.id)?.abort();
      } else {
        void this.#answer(decoded.id, decoded.request);
      }
    } catch (error) {
      this.#log.error("A message of the panel was refused", error);
      const id = requestId(message);
      if (id !== undefined) {
        // Else the panel would wait for ever.
        this.#send({ type: "failure", id, message: refusal() });
      }
    }
  }

  async #answer(id: number, request: DecodedRequest): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const result = await dispatch(this.#handlers, request, controller.signal);
      this.#send({ type: "result", id, result });
    } catch (error) {
      if (!isAbortError(error)) {
        this.#log.error(`The panel's request “${request.method}” failed`, error);
      }
      this.#send({ type: "failure", id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  #send(message: ToWebview): void {
    // False when the view is gone: it asks for a snapshot when it comes back.
    void this.#webview.postMessage(message);
  }
}

function refusal(): string {
  return vscode.l10n.t(
    "This could not be passed on: it is too much at once, or not valid. Nothing was sent.",
  );
}

function dispatch<M extends HostMethod>(
  handlers: HostHandlers,
  request: DecodedRequest<M>,
  signal: AbortSignal,
): Promise<HostRequests[M][1]> {
  return handlers[request.method](request.params, signal);
}
