import assert from "node:assert/strict";
import * as vscode from "vscode";
import { Account } from "../../src/host/account.ts";
import type { StoredToken } from "../../src/host/secrets.ts";
import type { AccountView } from "../../src/protocol/chat.ts";

describe("the account", () => {
  const stored: StoredToken = { token: "sk_test", source: "stored" };
  const signedIn: AccountView = { state: "signedIn", source: "stored" };
  const badBaseUrl: AccountView = { state: "badBaseUrl", source: undefined };

  /** An account whose tokens are read as slowly as the test wants. */
  class Slow {
    readonly #settingsChanged = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
    readonly #tokensChanged = new vscode.EventEmitter<void>();
    readonly #reads: (() => void)[] = [];
    readonly told: AccountView[] = [];
    readonly account: Account;
    origin: string | undefined = "https://api.example";
    token: StoredToken | undefined = stored;

    constructor() {
      const origin = () => this.origin;
      const settings = {
        get origin() {
          return origin();
        },
        onDidChange: this.#settingsChanged.event,
      };
      const get = (): Promise<StoredToken | undefined> => {
        const { token } = this;
        return new Promise((resolve) => this.#reads.push(() => resolve(token)));
      };
      const tokens = { get, onDidChange: this.#tokensChanged.event };
      const error = (text: string) => {
        throw new Error(text);
      };
      this.account = new Account(settings, tokens, { info: () => undefined, error });
      this.account.onDidChange((view) => this.told.push(view));
    }

    changeBaseUrl(origin: string | undefined): void {
      this.origin = origin;
      this.#settingsChanged.fire({ affectsConfiguration: (section) => section === "valar.baseUrl" });
    }

    changeToken(token: StoredToken | undefined): void {
      this.token = token;
      this.#tokensChanged.fire();
    }

    /** Ends every read of the token, those too that come of it. */
    async readAll(): Promise<void> {
      while (this.#reads.length > 0) {
        for (const end of this.#reads.splice(0)) end();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  it("tells last what is true last, however slowly the token of before was read", async () => {
    const slow = new Slow();
    slow.changeBaseUrl(undefined);
    await slow.readAll();
    assert.deepEqual(slow.told.at(-1), badBaseUrl);
    assert.deepEqual(slow.account.known, badBaseUrl);
    slow.changeBaseUrl("https://api.example");
    await slow.readAll();
    assert.deepEqual(slow.account.known, signedIn);
  });

  it("is not as it was before a change that comes while it is read", async () => {
    const slow = new Slow();
    await slow.readAll();
    const overBaseUrl = slow.account.view();
    slow.changeBaseUrl(undefined);
    await slow.readAll();
    assert.deepEqual(await overBaseUrl, badBaseUrl);
    slow.changeBaseUrl("https://api.example");
    await slow.readAll();
    const overToken = slow.account.view();
    slow.changeToken(undefined);
    await slow.readAll();
    assert.deepEqual(await overToken, { state: "signedOut", source: undefined });
  });
});
