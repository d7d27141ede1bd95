import * as vscode from "vscode";
import type { RateLeft } from "../../core/api/rateBudget.ts";
import type { Clock } from "../../core/util/clock.ts";
import type { Disposable } from "../../core/util/disposable.ts";

/** Says how many requests are left while they are few. */
export class RateNotice implements vscode.Disposable {
  readonly #clock: Clock;
  readonly #changed = new vscode.EventEmitter<void>();
  #text: string | undefined;
  #timer: Disposable | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#changed.dispose();
  }

  /** One sentence; undefined while there is enough. */
  get text(): string | undefined {
    return this.#text;
  }

  heard({ remaining, limit, lowForMs }: RateLeft): void {
    this.forget();
    if (lowForMs > 0) {
      this.#show(vscode.l10n.t("{0} of {1} requests left this minute.", remaining, limit));
      this.#timer = this.#clock.setTimeout(() => this.#show(undefined), lowForMs);
    }
  }

  /** What was heard was of another account, or is no longer true. */
  forget(): void {
    this.#timer?.dispose();
    this.#show(undefined);
  }

  #show(text: string | undefined): void {
    if (text !== this.#text) {
      this.#text = text;
      this.#changed.fire();
    }
  }
}
