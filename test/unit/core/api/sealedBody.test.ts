import assert from "node:assert/strict";
import type { PreparedRequest } from "../../../../src/core/api/types.ts";
import { requestBody } from "../../../../src/core/api/requestBody.ts";
import { findTokenLeaks } from "../../../support/tokenLeak.ts";
import { startSimulator, type Simulator } from "../../../support/simulator/server.ts";
import { failed, model, Scene, userSays } from "./support/scene.ts";

const webhookToken = 'hook_9f2c"\\$&_7d';
const completionWebhook = "https://hooks.example/valar";
const parameters = { model, messages: userSays("Say: told you"), completionWebhook, webhookToken };
const whole = requestBody({ ...parameters, stream: true, includeUsage: true });

describe("the body of a request with a webhook token", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const scene = (stored?: string): Scene =>
    new Scene({ baseUrl: simulator.baseUrl, webhookToken: () => Promise.resolve(stored) });
  /** As it comes back from disk. */
  const reread = (request: PreparedRequest): PreparedRequest =>
    JSON.parse(JSON.stringify(request)) as PreparedRequest;

  it("is sent with the token and kept without it, its hash that of what is sent", async () => {
    const at = scene();
    const request = await at.prepare(parameters);
    assert.deepEqual(await findTokenLeaks(webhookToken, { texts: { request: JSON.stringify(request) } }), []);
    const outcome = await at.run(request);
    assert.equal(outcome.error, undefined);
    assert.equal(at.sent[0]?.body, whole);
    assert.equal(simulator.requests[0]?.bodyHash, request.bodyHash);
  });

  it("is sent with the same token again after the token was changed", async () => {
    const at = scene("another");
    const request = await at.prepare(parameters);
    await at.run(request);
    await at.run(request);
    assert.deepEqual(
      at.sent.map(({ body }) => body),
      [whole, whole],
    );
    assert.equal(simulator.inferences, 1);
  });

  it("is whole again after it was stored, with the token from where that is kept", async () => {
    const request = reread(await scene().prepare(parameters));
    const asked: string[] = [];
    const at = new Scene({
      baseUrl: simulator.baseUrl,
      webhookToken: (webhook) => {
        asked.push(webhook);
        return Promise.resolve(webhookToken);
      },
    });
    assert.equal((await at.run(request)).text.content, "told you");
    assert.equal(at.sent[0]?.body, whole);
    assert.deepEqual(asked, [completionWebhook]);
  });

  for (const [name, stored] of [
    ["another token", "other"],
    ["none", undefined],
  ] as const) {
    it(`is not sent when it was stored and there is ${name} now`, async () => {
      const request = reread(await scene().prepare(parameters));
      const at = scene(stored);
      const error = failed(await at.run(request), "tokenChanged");
      assert.match(error.message, /webhook’s token has changed/);
      assert.equal(at.sent.length, 0);
    });
  }

  it("is taken for damaged when it holds no webhook to ask a token for", async () => {
    const request = await scene().prepare(parameters);
    const at = scene(webhookToken);
    const body = request.body.replace("completion_webhook", "completion_wobhook");
    failed(await at.run({ ...request, body }), "invalidRequest");
    assert.equal(at.sent.length, 0);
  });

  it("keeps the token out of a message in which the server quotes it", async () => {
    simulator.faults.add({
      action: {
        type: "status",
        status: 400,
        envelope: {
          error: {
            message: `webhook_token ${webhookToken} is not allowed.`,
            type: "invalid_request_error",
            param: null,
            code: null,
          },
        },
      },
    });
    const at = scene();
    const error = failed(await at.run(await at.prepare(parameters)), "invalidRequest");
    assert.match(error.message, /webhook_token \[token\] is not allowed/);
  });
});
