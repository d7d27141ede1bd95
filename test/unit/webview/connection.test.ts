import assert from "node:assert/strict";
import type { HostEvent, ToHost } from "../../../src/protocol/chat.ts";
import { Connection } from "../../../src/webview/connection.ts";
import { snapshot } from "../../support/webviewHarness/views.ts";

function setUp() {
  const posted: ToHost[] = [];
  const seen: (HostEvent["type"] | "lost")[] = [];
  const connection = new Connection((message) => posted.push(message), {
    snapshot: () => seen.push("snapshot"),
    event: (event) => seen.push(event.type),
    lost: () => seen.push("lost"),
  });
  const event = (seq: number): void =>
    connection.receive({ type: "event", seq, event: { type: "focusInput" } });
  return { posted, seen, connection, event };
}

/** Lets the promises that are settled run their course. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("Connection", () => {
  it("pairs results and failures with their requests", async () => {
    const { connection, posted } = setUp();
    const first = connection.request("send", { clientId: "1", text: "a" });
    const second = connection.request("stop", undefined);
    assert.deepEqual(
      posted.map((message) => message.id),
      [1, 2],
    );
    connection.receive({ type: "failure", id: 2, message: "No" });
    connection.receive({ type: "result", id: 1, result: { type: "accepted" } });
    await assert.rejects(second, /No/);
    assert.deepEqual(await first, { type: "accepted" });
  });

  it("cancels a request", async () => {
    const { connection, posted } = setUp();
    const controller = new AbortController();
    const request = connection.request("stop", undefined, controller.signal);
    controller.abort();
    await assert.rejects(request, { name: "AbortError" });
    assert.deepEqual(posted.at(-1), { type: "cancel", id: 1 });
  });

  it("holds events until the snapshot is there and drops those it includes", async () => {
    const { connection, seen, event } = setUp();
    const ready = connection.synchronise();
    event(4);
    event(5);
    event(6);
    assert.deepEqual(seen, []);
    connection.receive({ type: "result", id: 1, result: snapshot({ seq: 5 }) });
    await ready;
    assert.deepEqual(seen, ["snapshot", "focusInput"]);
    event(6);
    event(7);
    assert.equal(seen.length, 3);
  });

  it("asks for everything again when an event is missing, and loses none", async () => {
    const { connection, posted, seen, event } = setUp();
    const ready = connection.synchronise();
    connection.receive({ type: "result", id: 1, result: snapshot({ seq: 0 }) });
    await ready;
    event(1);
    event(3);
    event(4);
    assert.equal(posted.length, 2);
    connection.receive({ type: "result", id: 2, result: snapshot({ seq: 3 }) });
    await turn();
    assert.deepEqual(seen, ["snapshot", "focusInput", "snapshot", "focusInput"]);
  });

  it("says so when the host does not hand over its state", async () => {
    const { connection, seen } = setUp();
    const ready = connection.synchronise();
    connection.receive({ type: "failure", id: 1, message: "gone" });
    await ready;
    assert.deepEqual(seen, ["lost"]);
  });
});
