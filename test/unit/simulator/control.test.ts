import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { at, model } from "./talk.ts";

const program = fileURLToPath(new URL("../../support/simulator/main.ts", import.meta.url));
const chat = {
  model,
  messages: [{ role: "user", content: "say hello from afar" }],
  reasoning_effort: "none",
};

describe("the simulator as a program of its own", function () {
  this.timeout(20_000);

  let child: ReturnType<typeof spawn>;
  let baseUrl = "";

  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const url = baseUrl.replace(/v1$/, `__simulator/${path}`);
    const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
    const value: unknown = await response.json();
    return response.ok ? value : { status: response.status, ...Object(value) };
  };
  const ask = (headers = {}) =>
    fetch(`${baseUrl}/chat/completions`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_test_valar_simulator", ...headers },
      body: JSON.stringify(chat),
    });

  before(async () => {
    child = spawn(process.execPath, [program, "--port", "0", "--rate-limit", "100"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    assert.ok(child.stdout);
    baseUrl = String(at(await once(createInterface(child.stdout), "line"), "0"));
  });
  beforeEach(() => control("POST", "reset"));
  after(async () => {
    const exit = once(child, "exit");
    assert.equal(child.exitCode, null, "it still runs");
    child.kill("SIGTERM");
    const code: unknown = at(await exit, "0");
    assert.equal(code, 0, "it ends in good order");
  });

  it("prints its base URL and answers there", async () => {
    assert.match(baseUrl, /^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const response = await ask();
    assert.equal(response.headers.get("x-ratelimit-limit"), "100");
    assert.equal(at(await response.json(), "choices.0.message.content"), "hello from afar");
  });

  it("tells another process what came, without keys", async () => {
    await ask({ "Idempotency-Key": "far" });
    await ask({ "Idempotency-Key": "far" });
    const stats = await control("GET", "stats");
    assert.deepEqual([at(stats, "requests"), at(stats, "inferences"), at(stats, "replays")], [2, 1, 1]);
    const journal = await control("GET", "journal?since=1");
    assert.equal(at(journal, "0.idempotencyKey"), "far");
    assert.equal(at(journal, "0.body.messages.0.content"), "say hello from afar");
    assert.equal(at(journal, "1"), undefined);
    assert.ok(!JSON.stringify([journal, await control("GET", "config")]).includes("sk_test"));
  });

  it("lets another process set faults, hold and release, and change speed", async () => {
    await control("POST", "faults", [
      { action: { type: "status", status: 503 } },
      { action: { type: "hold" }, delivery: { lineEnding: "crlf" } },
    ]);
    assert.equal((await ask()).status, 503);
    const held = ask();
    const waited = await control("GET", "wait?held=1&timeout=5000");
    assert.equal(at(waited, "reached"), true);
    await control("POST", "release");
    assert.equal((await held).status, 200);
    await control("POST", "config", { tokensPerSecond: 5000, delivery: { bom: true } });
    assert.equal(at(await control("GET", "config"), "tokensPerSecond"), 5000);
    assert.equal(at(await control("GET", "config"), "delivery.bom"), true);
    await control("POST", "reset");
    assert.equal(at(await control("GET", "config"), "tokensPerSecond"), 0);
    assert.equal(at(await control("GET", "wait?requests=1&timeout=1"), "reached"), false);
  });

  it("goes away for a while when told to", async () => {
    await control("POST", "down", { forMs: 80 });
    await assert.rejects(ask(), (error) => at(error, "cause.code") === "ECONNREFUSED");
    let status: number | undefined;
    while (status === undefined) {
      status = await ask().then(
        (response) => response.status,
        () => undefined,
      );
    }
    assert.equal(status, 200);
  });

  it("refuses faults and settings it does not know", async () => {
    const bad = [
      ["faults", { action: { type: "explode" } }],
      ["faults", { action: { type: "break", then: "reset" } }],
      ["faults", { action: { type: "stall" }, tiems: 2 }],
      ["faults", { action: { type: "none" }, delivery: { gzip: "yes" } }],
      ["config", { tokensPerSecond: "fast" }],
      ["config", { speed: 3 }],
      ["down", {}],
    ] as const;
    for (const [path, body] of bad) {
      assert.equal(at(await control("POST", path, body), "status"), 400, JSON.stringify(body));
    }
  });
});
