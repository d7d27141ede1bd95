import { EventEmitter } from "vscode";
import { ApiError } from "../../core/api/errors.ts";
import type { RequestWatch } from "../../core/api/meter.ts";
import type { ChatEvent, RequestPhase } from "../../core/api/types.ts";

export type ActivityState = "idle" | "answering" | "rateLimited" | "offline";

/** What the requests under way are doing, all together. */
export class Activity {
  readonly #changed = new EventEmitter<void>();
  readonly #running = new Map<RequestWatch, RequestPhase["type"]>();
  #isOffline = false;

  readonly onDidChange = this.#changed.event;

  get state(): ActivityState {
    const phases = [...this.#running.values()];
    if (phases.some((phase) => phase === "streaming" || phase === "sending" || phase === "catchingUp")) {
      return "answering";
    }
    if (phases.includes("rateLimited")) {
      return "rateLimited";
    }
    return this.#isOffline || phases.includes("reconnecting") ? "offline" : "idle";
  }

  watch(): RequestWatch {
    const watch: RequestWatch = {
      event: (event) => this.#heard(watch, event),
      ended: (error) => {
        this.#running.delete(watch);
        if (error instanceof ApiError) {
          this.#isOffline = error.kind === "network" || error.kind === "proxy";
        }
        this.#changed.fire();
      },
    };
    this.#running.set(watch, "sending");
    this.#changed.fire();
    return watch;
  }

  #heard(watch: RequestWatch, event: ChatEvent): void {
    if (event.type !== "phase") {
      return;
    }
    this.#isOffline &&= event.phase.type !== "streaming";
    if (this.#running.get(watch) !== event.phase.type) {
      this.#running.set(watch, event.phase.type);
      this.#changed.fire();
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
