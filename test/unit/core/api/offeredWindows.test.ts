import assert from "node:assert/strict";
import { ParameterError } from "../../../../src/core/api/errors.ts";
import { modelInfo } from "../../../../src/core/api/models.ts";
import { checkParameters } from "../../../../src/core/api/checkParameters.ts";
import { offeredWindows } from "../../../../src/core/api/offeredWindows.ts";
import { startSimulator } from "../../../support/simulator/server.ts";
import { failed, Scene } from "./support/scene.ts";

describe("the windows that a refusal offers", () => {
  it("are those that the server lists", async () => {
    const nowOnly = { id: "sim/now-only", created: 0, imageInput: false, windows: ["asap"] as const };
    const simulator = await startSimulator({ models: [nowOnly] });
    try {
      const scene = new Scene({ baseUrl: simulator.baseUrl });
      const request = await scene.prepare({ model: "sim/now-only", completionWindow: "standard" });
      const { message } = failed(await scene.run(request), "invalidRequest");
      assert.deepEqual(offeredWindows(message), ["asap"]);
    } finally {
      await simulator.close();
    }
  });

  it("are those that the check before sending names", () => {
    const model = { ...modelInfo("sim/now-only"), windows: ["standard" as const] };
    const parameters = { model: model.id, messages: [{ role: "user" as const, content: "hello" }] };
    assert.throws(
      () => checkParameters({ ...parameters, completionWindow: "asap" }, model),
      (error) => error instanceof ParameterError && error.windows.join() === "standard",
    );
  });

  it("are none of other refusals", () => {
    for (const message of [
      "The request was not accepted.",
      "temperature is 3, but must be a number from 0 to 2.",
      "The completion window is closed.",
      "Supported formats: asap",
    ]) {
      assert.deepEqual(offeredWindows(message), [], message);
    }
  });
});
