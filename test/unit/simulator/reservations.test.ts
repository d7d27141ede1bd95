import assert from "node:assert/strict";
import { ManualClock } from "../../support/clock.ts";
import { ask, at, json, post, question, readStream, refusal, withSimulator } from "./talk.ts";

const streamed = (content: string) => question(content, { stream: true, reasoning_effort: "none" });

describe("the simulator's idempotency", function () {
  this.timeout(20_000);

  it("replays the stored response without running the model again", async () => {
    await withSimulator({}, async (simulator) => {
      const body = question("say once");
      const first = await json(await post(simulator, body, { idempotencyKey: "a" }));
      const second = await json(await post(simulator, body, { idempotencyKey: "a" }));
      assert.deepEqual(second, first);
      assert.equal(simulator.inferences, 1);
      assert.deepEqual(
        simulator.requests.map((entry) => entry.replay),
        [false, true],
      );
    });
  });

  it("runs once for requests at the same moment", async () => {
    await withSimulator({}, async (simulator) => {
      const body = question("say together");
      const answers = await Promise.all(
        [1, 2, 3].map(async () => json(await post(simulator, body, { idempotencyKey: "a" }))),
      );
      assert.equal(new Set(answers.map((answer) => answer["id"])).size, 1);
      assert.equal(simulator.inferences, 1);
    });
  });

  it("runs again for another key, another API key, and no key", async () => {
    await withSimulator({}, async (simulator) => {
      const body = question("say again");
      await post(simulator, body, { idempotencyKey: "a" });
      await post(simulator, body, { idempotencyKey: "b" });
      await post(simulator, body, { idempotencyKey: "a", key: "sk_second" });
      await post(simulator, body);
      await post(simulator, body);
      assert.equal(simulator.inferences, 5);
    });
  });

  it("refuses the same key with another body, byte by byte", async () => {
    await withSimulator({}, async (simulator) => {
      const text = JSON.stringify(question("say it"));
      await post(simulator, text, { idempotencyKey: "a" });
      const refused = await refusal(await post(simulator, `${text} `, { idempotencyKey: "a" }));
      assert.equal(refused, "400 idempotency_error null idempotency_key_reused");
      assert.equal(simulator.inferences, 1);
    });
  });

  it("takes a key of 255 characters, not of 256", async () => {
    await withSimulator({}, async (simulator) => {
      const body = question("say it");
      assert.equal((await post(simulator, body, { idempotencyKey: "k".repeat(255) })).status, 200);
      const refused = await refusal(await post(simulator, body, { idempotencyKey: "k".repeat(256) }));
      assert.equal(refused, "400 invalid_request_error Idempotency-Key null");
    });
  });

  it("leaves the key free after a refusal", async () => {
    await withSimulator({}, async (simulator) => {
      const key = { idempotencyKey: "a" };
      assert.equal((await post(simulator, question("hi", { temperature: 9 }), key)).status, 400);
      simulator.faults.add({ action: { type: "status", status: 429 } });
      assert.equal((await post(simulator, question("hi"), key)).status, 429);
      assert.equal((await post(simulator, question("say fine"), key)).status, 200);
      assert.equal(simulator.inferences, 1);
    });
  });

  it("never refuses a replay for credit or quota", async () => {
    await withSimulator({}, async (simulator) => {
      const body = question("say paid");
      await post(simulator, body, { idempotencyKey: "a" });
      for (const state of ["noQuota", "noCredit"] as const) {
        const keys = { sk_test_valar_simulator: { organization: "org_simulator", state } };
        simulator.configure({ keys });
        assert.equal((await post(simulator, body, { idempotencyKey: "a" })).status, 200);
        assert.match(await refusal(await post(simulator, body, { idempotencyKey: state })), /^(402|429) /);
      }
      assert.equal(simulator.inferences, 1);
    });
  });

  it("goes on when the client drops, and a replay shows the current state and goes on with it", async () => {
    const clock = new ManualClock();
    const options = { clock, tokensPerSecond: 1, charsPerChunk: 4 };
    await withSimulator(options, async (simulator) => {
      const body = streamed(`say ${"abcd".repeat(10)}`);
      const leaving = new AbortController();
      const first = await post(simulator, body, { idempotencyKey: "a", signal: leaving.signal });
      clock.advance(3000);
      await simulator.waitUntil(([entry]) => entry?.contentWritten === 12);
      leaving.abort();
      await assert.rejects(first.text());
      assert.ok(await simulator.waitUntil(([entry]) => entry?.outcome === "clientLeft"));

      clock.advance(2000);
      const second = readStream(await post(simulator, body, { idempotencyKey: "a" }));
      assert.ok(await simulator.waitUntil(([, entry]) => entry?.contentWritten === 20));
      clock.advance(5000);
      assert.equal((await second).content, "abcd".repeat(10));
      assert.equal(simulator.inferences, 1);
    });
  });

  it("counts the prefix it has seen as cached", async () => {
    await withSimulator({}, async (simulator) => {
      const system = { role: "system", content: "Be brief. ".repeat(40) };
      const usage = async (...messages: object[]) => {
        const body = question("", { messages: [system, ...messages] });
        const answer = await json(await post(simulator, body));
        const cached = at(answer, "usage.prompt_tokens_details.cached_tokens");
        return [cached, at(answer, "usage.prompt_tokens")].map(Number);
      };
      const [cold = -1] = await usage({ role: "user", content: "one" });
      const [warm = -1, prompt = -1] = await usage({ role: "user", content: "two" });
      assert.equal(cold, 0);
      assert.ok(warm > 100 && warm < prompt, `${warm} of ${prompt}`);
    });
  });

  it("really stops at max_completion_tokens and says stop, or length when told to", async () => {
    await withSimulator({}, async (simulator) => {
      const body = question("say abcdefghijklmnopqrstuvwxyz", {
        max_completion_tokens: 3,
        reasoning_effort: "none",
      });
      const answer = await json(await post(simulator, body));
      assert.equal(at(answer, "choices.0.message.content"), "abcdefghijkl");
      assert.equal(at(answer, "choices.0.finish_reason"), "stop");
      assert.equal(at(answer, "usage.completion_tokens"), 3);
      simulator.configure({ truncatedFinishReason: "length", usageDetails: false });
      const other = await json(await post(simulator, body));
      assert.equal(at(other, "choices.0.finish_reason"), "length");
      assert.deepEqual(at(other, "usage.completion_tokens_details"), {});
      const emoji = question("say 👋👋👋👋👋", { max_completion_tokens: 1, reasoning_effort: "none" });
      assert.equal(await ask(simulator, emoji), "👋👋");
    });
  });

  it("calls the completion webhook with its token", async () => {
    await withSimulator({}, async (receiver) => {
      await withSimulator({}, async (simulator) => {
        const metadata = { completion_webhook: `${receiver.origin}/hook`, webhook_token: "hook-secret" };
        const answer = await json(await post(simulator, question("say done", { metadata })));
        assert.ok(await receiver.waitUntil(([entry]) => entry?.body !== undefined));
        const [call] = receiver.requests;
        assert.equal(call?.path, "/hook");
        assert.equal(at(call.body, "id"), answer["id"]);
        assert.ok(call.keyHash !== undefined);
      });
    });
  });
});
