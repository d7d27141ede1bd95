import assert from "node:assert/strict";
import * as vscode from "vscode";
import { TokenStore } from "../../src/host/secrets.ts";

describe("row 65: secrets that cannot be kept", () => {
  const token = "sk_never_written_anywhere";
  const lines: string[] = [];
  const fail = (): Promise<never> => Promise.reject(new Error("No keyring"));
  const broken: vscode.SecretStorage = {
    get: fail,
    store: fail,
    delete: fail,
    onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
  };
  const log = { error: (message: string, cause?: unknown) => void lines.push(`${message} ${String(cause)}`) };
  const origin = "https://api.valarhq.ai";
  const tokens = new TokenStore(broken, () => origin, log);
  after(() => tokens.dispose());

  it("are as good as none: the person is asked again", async () => {
    assert.notEqual((await tokens.get())?.source, "stored");
    assert.match(lines.join("\n"), /must be set again/);
  });

  it("are refused when they are given, and kept nowhere", async () => {
    await assert.rejects(tokens.set(origin, token), /No keyring/);
    assert.notEqual((await tokens.get())?.token, token);
    assert.doesNotMatch(lines.join("\n"), new RegExp(token));
  });
});
