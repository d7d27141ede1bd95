import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeMessage } from "../../../../src/host/chat/decode.ts";

describe("messages of the webview", () => {
  it("are read into a method and its parameters", () => {
    const message = {
      type: "request",
      id: 1,
      method: "send",
      params: { clientId: "c", text: "hi", extra: 1 },
    };
    assert.deepEqual(decodeMessage(message), {
      type: "request",
      id: 1,
      request: { method: "send", params: { clientId: "c", text: "hi" } },
    });
    assert.deepEqual(decodeMessage({ type: "cancel", id: 2 }), { type: "cancel", id: 2 });
  });

  for (const [name, message] of Object.entries({
    "no object": "send",
    "no id": { type: "request", method: "stop" },
    "an id that is no whole number": { type: "request", id: 1.5, method: "stop" },
    "an unknown method": { type: "request", id: 1, method: "eval" },
    "a method of Object.prototype": { type: "request", id: 1, method: "constructor" },
    "a missing parameter": { type: "request", id: 1, method: "send", params: { text: "hi" } },
    "a parameter of another type": { type: "request", id: 1, method: "copy", params: { text: 1 } },
    "an unknown action": {
      type: "request",
      id: 1,
      method: "errorAction",
      params: { messageId: "m", action: "rm" },
    },
    "a text without end": {
      type: "request",
      id: 1,
      method: "copy",
      params: { text: "x".repeat(10_000_001) },
    },
  })) {
    it(`are refused with ${name}`, () => {
      assert.throws(() => decodeMessage(message), TypeError);
    });
  }

  it("are decoded or refused with a TypeError, whatever they are", () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        try {
          decodeMessage(message);
        } catch (error) {
          assert.ok(error instanceof TypeError);
        }
      }),
    );
  });
});
