import * as vscode from "vscode";
import { environmentToken, environmentVariable } from "./environment.ts";
import type { Log } from "./log.ts";

/**
 * One kind of secret, in SecretStorage under the origin it is for, and nowhere else. When SecretStorage fails, the
 * person is asked again.
 */
class OriginSecrets implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #prefix: string;
  readonly #log: Pick<Log, "error">;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(secrets: vscode.SecretStorage, prefix: string, log: Pick<Log, "error">) {
    this.#secrets = secrets;
    this.#prefix = prefix;
    this.#log = log;
    this.#listener = secrets.onDidChange((event) => {
      if (event.key.startsWith(prefix)) {
        this.#changed.fire();
      }
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async get(origin: string): Promise<string | undefined> {
    try {
      const secret = await this.#secrets.get(this.#prefix + origin);
      return secret === "" ? undefined : secret;
    } catch (error) {
      this.#log.error("SecretStorage could not be read; the token must be set again", error);
      return undefined;
    }
  }

  /** Throws what SecretStorage throws; nothing is kept then. */
  async set(origin: string, secret: string): Promise<void> {
    await this.#secrets.store(this.#prefix + origin, secret);
    this.#changed.fire();
  }

  async clear(origin: string): Promise<void> {
    await this.#secrets.delete(this.#prefix + origin);
    this.#changed.fire();
  }
}

export interface StoredToken {
  readonly token: string;
  readonly source: "stored" | "environment";
}

/** The API token: stored for the origin of the base URL, else from `VALAR_API_KEY`. */
export class TokenStore implements vscode.Disposable {
  readonly #secrets: OriginSecrets;
  readonly #origin: () => string | undefined;
  readonly onDidChange: vscode.Event<void>;

  constructor(secrets: vscode.SecretStorage, origin: () => string | undefined, log: Pick<Log, "error">) {
    this.#secrets = new OriginSecrets(secrets, "valar.token:", log);
    this.#origin = origin;
    this.onDidChange = this.#secrets.onDidChange;
  }

  dispose(): void {
    this.#secrets.dispose();
  }

  /** The token for the current base URL, or undefined when signed out or the base URL is not allowed. */
  async get(): Promise<StoredToken | undefined> {
    const origin = this.#origin();
    if (origin === undefined) {
      return undefined;
    }
    const stored = await this.#secrets.get(origin);
    if (stored !== undefined) {
      return { token: stored, source: "stored" };
    }
    const fromEnvironment = environmentVariable(environmentToken);
    return fromEnvironment === undefined ? undefined : { token: fromEnvironment, source: "environment" };
  }

  /** Throws what SecretStorage throws; nothing is kept then. */
  async set(origin: string, token: string): Promise<void> {
    await this.#secrets.set(origin, token);
  }

  async clear(origin: string): Promise<void> {
    await this.#secrets.clear(origin);
  }
}

/** The tokens that Valar shows to completion webhooks, each stored for the origin of its webhook. */
export class WebhookTokenStore implements vscode.Disposable {
  readonly #secrets: OriginSecrets;

  constructor(secrets: vscode.SecretStorage, log: Pick<Log, "error">) {
    this.#secrets = new OriginSecrets(secrets, "valar.webhookToken:", log);
  }

  dispose(): void {
    this.#secrets.dispose();
  }

  /** `webhook` is a web address. */
  async get(webhook: string): Promise<string | undefined> {
    return this.#secrets.get(new URL(webhook).origin);
  }

  /** An empty token clears the stored one. Throws what SecretStorage throws. */
  async set(webhook: string, token: string): Promise<void> {
    const { origin } = new URL(webhook);
    await (token === "" ? this.#secrets.clear(origin) : this.#secrets.set(origin, token));
  }
}
