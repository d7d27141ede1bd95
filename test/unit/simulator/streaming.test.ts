import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { request as httpRequest } from "node:http";
import { ManualClock } from "../../support/clock.ts";
import type { Delivery } from "../../support/simulator/delivery.ts";
import type { Simulator } from "../../support/simulator/server.ts";
import { at, json, post, question, readStream, textAt, withSimulator } from "./talk.ts";

const text = "Grüße 👋🏽 an e\u0301 und 日本語.\r\nZweite Zeile\n\n```ts\nconst a = 1;\n```\n";
const streamed = question(`say ${text}`, { stream: true, stream_options: { include_usage: true } });

/** The body as it is on the wire, unzipped by nobody. */
function rawBody(simulator: Simulator, body: object): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: "Bearer sk_test_valar_simulator" };
    const request = httpRequest(
      `${simulator.baseUrl}/chat/completions`,
      { method: "POST", headers },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve(Buffer.concat(parts)));
      },
    );
    request.on("error", reject);
    request.end(JSON.stringify(body));
  });
}

describe("the simulator's streams", function () {
  this.timeout(20_000);

  const deliveries: readonly Partial<Delivery>[] = [
    {},
    { lineEnding: "crlf" },
    { lineEnding: "cr" },
    { bom: true, comments: true },
    { compact: true, lineEnding: "crlf", writeBytes: 1 },
    { utf16PerChunk: 1 },
    { utf16PerChunk: 3, writeBytes: 40, writeSeed: 7 },
    { writeAt: [1, 2, 3, 500, 501] },
    { gzip: true },
    { gzip: true, writeBytes: 5, comments: true },
  ];
  for (const delivery of deliveries) {
    it(`says the same with ${JSON.stringify(delivery)}`, async () => {
      await withSimulator({ delivery }, async (simulator) => {
        const { content, data, end } = await readStream(await post(simulator, streamed));
        assert.equal(content, text);
        assert.equal(data.at(-1), "[DONE]");
        assert.equal(end, "clean");
        const [entry] = simulator.requests;
        assert.deepEqual([entry?.outcome, entry?.contentWritten], ["answered", text.length]);
      });
    });
  }

  it("writes the line endings, the mark and the cuts it is told to", async () => {
    await withSimulator({ delivery: { lineEnding: "cr", bom: true, compact: true } }, async (simulator) => {
      const body = await rawBody(simulator, streamed);
      assert.deepEqual([...body.subarray(0, 8)], [0xef, 0xbb, 0xbf, ...Buffer.from("data:")]);
      assert.ok(!body.includes("\n"), "a line feed among carriage returns");
      assert.ok(body.toString().endsWith("data:[DONE]\r\r"));
    });
    await withSimulator({ delivery: { gzip: true } }, async (simulator) => {
      assert.match(gunzipSync(await rawBody(simulator, streamed)).toString(), /^data: \{/);
    });
  });

  it("cuts surrogate pairs only when told to", async () => {
    const lone = (chunks: readonly object[]) =>
      chunks.filter((chunk) => /\p{Surrogate}/u.test(textAt(chunk, "choices.0.delta.content"))).length;
    await withSimulator({ charsPerChunk: 1 }, async (simulator) => {
      assert.equal(lone((await readStream(await post(simulator, streamed))).chunks), 0);
      simulator.configure({ delivery: { utf16PerChunk: 1 } });
      assert.ok(lone((await readStream(await post(simulator, streamed))).chunks) >= 4);
    });
  });

  it("sends usage only when asked, in a chunk without choices", async () => {
    await withSimulator({}, async (simulator) => {
      const asked = await readStream(await post(simulator, streamed));
      const { usage } = asked.chunks.at(-1) ?? {};
      assert.deepEqual(asked.chunks.at(-1)?.["choices"], []);
      assert.equal(
        at(usage, "completion_tokens"),
        Math.ceil(asked.reasoning.length / 4) + Math.ceil(text.length / 4),
      );
      const plain = await readStream(await post(simulator, { ...streamed, stream_options: {} }));
      assert.ok(plain.chunks.every((chunk) => !("usage" in chunk)));
      assert.equal(plain.content, text);
    });
  });

  it("keeps to its speed: first token, then so many tokens a second", async () => {
    const clock = new ManualClock();
    const options = { clock, tokensPerSecond: 10, firstTokenMs: 500, standardDelayMs: 200, charsPerChunk: 4 };
    await withSimulator(options, async (simulator) => {
      const body = question(`say ${"abcd".repeat(5)}`, { stream: true, reasoning_effort: "none" });
      const done = readStream(await post(simulator, body));
      const written = async (ms: number, units: number) => {
        await simulator.waitUntil(() => clock.pending > 0);
        clock.advance(ms);
        assert.ok(await simulator.waitUntil(([entry]) => entry?.contentWritten === units));
      };
      // `standard` is the window of a request that names none.
      await written(700, 0);
      await written(100, 4);
      await written(200, 12);
      await written(200, 20);
      assert.equal((await done).content, "abcd".repeat(5));
    });
  });

  it("keeps an idle stream alive with comments", async () => {
    const clock = new ManualClock();
    await withSimulator({ clock, heartbeatMs: 30, firstTokenMs: 100 }, async (simulator) => {
      const body = post(simulator, { ...streamed, metadata: { completion_window: "asap" } });
      for (let beat = 0; beat < 4; beat++) {
        await simulator.waitUntil(() => clock.pending === 1);
        clock.advance(30);
      }
      assert.equal((await (await body).text()).split(": keep-alive\n\n").length - 1, 3);
    });
  });

  it("waits with an unstreamed answer until it is complete", async () => {
    const clock = new ManualClock();
    await withSimulator({ clock, tokensPerSecond: 1 }, async (simulator) => {
      const answer = post(simulator, question("say abcdefgh", { reasoning_effort: "none" }));
      await simulator.waitUntil(() => clock.pending === 1);
      clock.advance(2000);
      assert.equal(at(await json(await answer), "choices.0.message.content"), "abcdefgh");
    });
  });
});
