import assert from "node:assert/strict";
import { startSimulator, type Simulator } from "../../support/simulator/server.ts";
import { valarErrors } from "./schemaErrors.ts";
import { json, model, post, question, readStream } from "./talk.ts";

const tool = { type: "function", function: { name: "look", parameters: { type: "object", properties: {} } } };
const custom = { type: "custom", custom: { name: "shout" } };

const requests: readonly (readonly [name: string, body: object])[] = [
  ["small talk", question("hello")],
  ["an empty answer", question("answer nothing")],
  ["a null answer", question("answer null")],
  ["a refusal", question("refuse")],
  ["a long document", question("write 5 KB of markdown")],
  ["a tool call", question("call look with {}", { tools: [tool] })],
  ["a required tool", question("go", { tools: [tool], tool_choice: "required" })],
  ["a custom tool", question("call shout", { tools: [custom] })],
  ["no reasoning", question("hello", { reasoning_effort: "none" })],
  ["much reasoning", question("hello", { reasoning_effort: "xhigh" })],
  ["a cut answer", question("write 5 KB of markdown", { max_completion_tokens: 60 })],
  ["a JSON object", question("hello", { response_format: { type: "json_object" } })],
];

describe("the simulator and the vendor's description", function () {
  this.timeout(20_000);

  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  for (const [name, body] of requests) {
    it(`describes ${name} as documented, at once and streamed`, async () => {
      // The description knows no json_object; the reference page does.
      if (name !== "a JSON object") assert.deepEqual(valarErrors(body, "CreateChatCompletionRequest"), []);
      const whole = await json(await post(simulator, body));
      assert.deepEqual(valarErrors(whole, "ChatCompletionResponse"), []);
      const streamed = { ...body, stream: true, stream_options: { include_usage: true } };
      const { chunks, data } = await readStream(await post(simulator, streamed));
      for (const chunk of chunks) assert.deepEqual(valarErrors(chunk, "ChatCompletionChunk"), []);
      assert.equal(data.at(-1), "[DONE]");
      assert.equal(data.length, chunks.length + 1);
    });
  }

  it("lists models as documented", async () => {
    const response = await fetch(`${simulator.baseUrl}/models`, {
      headers: { Authorization: "Bearer sk_test_valar_simulator" },
    });
    assert.deepEqual(valarErrors(await json(response), "ModelListResponse"), []);
  });

  it("refuses with the documented envelope", async () => {
    for (const body of ["not json", "[]", "{}", JSON.stringify({ model: "x", messages: [] })]) {
      const response = await post(simulator, body);
      assert.equal(response.status, 400);
      assert.deepEqual(valarErrors(await json(response), "ErrorResponse"), []);
    }
  });

  it("would be noticed if it were wrong", () => {
    const chunk = {
      id: "a",
      object: "chat.completion.chunk",
      created: 1,
      model,
      choices: [{ index: 0, delta: { text: "" } }],
    };
    assert.deepEqual(valarErrors(chunk, "ChatCompletionChunk"), ["$.choices[0].delta: text is unknown"]);
    assert.deepEqual(valarErrors({ error: { message: 1 } }, "ErrorResponse"), [
      "$.error: lacks type",
      "$.error.message: is not string",
    ]);
  });
});
