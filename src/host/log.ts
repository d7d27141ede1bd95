import * as vscode from "vscode";

const keyShape = /\bsk_[A-Za-z0-9_-]{4,}/g;
const bearerShape = /\bBearer\s+[^\s"',;]+/gi;

/** Takes anything that looks like an API token out of a text. */
export function redact(text: string): string {
  return text.replace(bearerShape, "Bearer [redacted]").replace(keyShape, "[redacted]");
}

/** The log channel “Valar”. Every line is redacted before it is written. */
export class Log implements vscode.Disposable {
  readonly #channel: vscode.LogOutputChannel;

  constructor() {
    this.#channel = vscode.window.createOutputChannel("Valar", { log: true });
  }

  debug(message: string): void {
    this.#channel.debug(redact(message));
  }

  info(message: string): void {
    this.#channel.info(redact(message));
  }

  warn(message: string): void {
    this.#channel.warn(redact(message));
  }

  /** `cause` is what was caught: its name and message go along, at debug level its stack too. */
  error(message: string, cause?: unknown): void {
    this.#channel.error(redact(cause === undefined ? message : `${message}: ${describe(cause)}`));
    if (cause instanceof Error && cause.stack !== undefined) {
      this.#channel.debug(redact(cause.stack));
    }
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
