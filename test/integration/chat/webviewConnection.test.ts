import assert from "node:assert/strict";
import * as vscode from "vscode";
import { WebviewConnection } from "../../../src/host/chat/webviewConnection.ts";
import type { HostHandlers } from "../../../src/protocol/chat.ts";

describe("a panel's line to the host", () => {
  it("answers a request that it cannot read, so that the panel does not wait for ever", () => {
    const received = new vscode.EventEmitter<unknown>();
    const posted: unknown[] = [];
    const logged: string[] = [];
    const webview: vscode.Webview = {
      options: {},
      html: "",
      cspSource: "",
      asWebviewUri: (uri) => uri,
      onDidReceiveMessage: received.event,
      postMessage: (message) => {
        posted.push(message);
        return Promise.resolve(true);
      },
    };
    const connection = new WebviewConnection(webview, () => ({}) as HostHandlers, {
      error: (message) => logged.push(message),
    });
    const uris = Array.from({ length: 1001 }, () => "file:///a");
    received.fire({ type: "request", id: 7, method: "attachUris", params: { uris } });
    received.fire({ type: "cancel" });
    assert.deepEqual(posted, [
      {
        type: "failure",
        id: 7,
        message: "This could not be passed on: it is too much at once, or not valid. Nothing was sent.",
      },
    ]);
    assert.equal(logged.length, 2);
    connection.dispose();
  });
});
