/** The client runs where there is neither Node nor VS Code, only what a web worker has. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { startSimulator } from "../../../support/simulator/server.ts";
import { model, token } from "./support/scene.ts";

describe("in a web worker", () => {
  it("bundles without Node and streams with a worker's globals alone", async function () {
    this.timeout(20_000);
    const source = (file: string): string =>
      fileURLToPath(new URL(`../../../../src/core/${file}`, import.meta.url));
    const { outputFiles } = await build({
      stdin: {
        contents: `
          export { ApiClient } from ${JSON.stringify(source("api/client.ts"))};
          export { defaultTimeouts } from ${JSON.stringify(source("api/timeouts.ts"))};
          export { createSystemClock } from ${JSON.stringify(source("util/clock.ts"))};`,
        resolveDir: fileURLToPath(new URL("../../../..", import.meta.url)),
      },
      bundle: true,
      write: false,
      minify: true,
      platform: "browser",
      format: "iife",
      globalName: "valar",
    });
    const code = outputFiles[0]?.text ?? "";
    assert.ok(code.length < 44_000, `${code.length} bytes`);
    const simulator = await startSimulator();
    try {
      const worker = {
        ...{ fetch, crypto, performance, setTimeout, clearTimeout, queueMicrotask, DOMException },
        ...{ AbortController, AbortSignal, TextDecoder, TextEncoder, URL, Headers, Response, Uint8Array },
        settings: { baseUrl: simulator.baseUrl, token, model },
      };
      const text: unknown = await runInContext(
        `${code};
        (async () => {
          const silent = () => undefined;
          const client = new valar.ApiClient({
            access: async () => settings,
            fetch, clock: valar.createSystemClock(), random: () => 0,
            randomUuid: () => crypto.randomUUID(),
            timeouts: () => valar.defaultTimeouts,
            log: { debug: silent, info: silent, warn: silent },
          });
          const request = await client.prepareChat({
            model: settings.model, stream: true,
            messages: [{ role: "user", content: "repeat: from a worker 🎉" }],
          });
          let text = "";
          for await (const event of client.streamChat(request, new AbortController().signal)) {
            if (event.type === "delta" && event.channel === "content") text += event.text;
          }
          return text;
        })()`,
        createContext(worker),
      );
      assert.equal(text, "from a worker 🎉");
    } finally {
      await simulator.close();
    }
  });
});
