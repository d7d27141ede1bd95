import * as vscode from "vscode";
import { environmentVariable } from "./environment.ts";
import type { Log } from "./log.ts";

export interface StoredToken {
  readonly token: string;
  readonly source: "stored" | "environment";
}

/**
 * The API token: in SecretStorage under the origin it is for, else from `VALAR_API_KEY`. It is never written
 * anywhere else; when SecretStorage fails, the person is asked again.
 */
export class TokenStore implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #origin: () => string | undefined;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(secrets: vscode.SecretStorage, origin: () => string | undefined, log: Log) {
    this.#secrets = secrets;
    this.#origin = origin;
    this.#log = log;
    this.#listener = secrets.onDidChange((event) => {
      if (event.key.startsWith(keyPrefix)) {
        this.#changed.fire();
      }
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  /** The token for the current base URL, or undefined when signed out or the base URL is not allowed. */
  async get(): Promise<StoredToken | undefined> {
    const origin = this.#origin();
    if (origin === undefined) {
      return undefined;
    }
    const stored = await this.#read(origin);
    if (stored !== undefined && stored !== "") {
      return { token: stored, source: "stored" };
    }
    const fromEnvironment = environmentVariable("VALAR_API_KEY");
    return fromEnvironment === undefined ? undefined : { token: fromEnvironment, source: "environment" };
  }

  /** Throws what SecretStorage throws; nothing is kept then. */
  async set(origin: string, token: string): Promise<void> {
    await this.#secrets.store(keyPrefix + origin, token);
    this.#changed.fire();
  }

  async clear(origin: string): Promise<void> {
    await this.#secrets.delete(keyPrefix + origin);
    this.#changed.fire();
  }

  async #read(origin: string): Promise<string | undefined> {
    try {
      return await this.#secrets.get(keyPrefix + origin);
    } catch (error) {
      this.#log.error("SecretStorage could not be read; the token must be set again", error);
      return undefined;
    }
  }
}

const keyPrefix = "valar.token:";
