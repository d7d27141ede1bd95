import assert from "node:assert/strict";
import { request } from "node:http";
import {
  refusingBaseUrl,
  startRefusingProxy,
  startUntrustedTlsHost,
  unresolvableBaseUrl,
} from "../../support/simulator/network/badNetwork.ts";
import { at } from "./talk.ts";

const headers = { Authorization: "Bearer sk_test_valar_simulator" };

describe("bad networks", function () {
  this.timeout(20_000);

  it("have names that cannot be resolved and ports that refuse", async () => {
    const code = (url: string) =>
      fetch(`${url}/models`).then(
        () => "answered",
        (error: unknown) => at(error, "cause.code"),
      );
    assert.match(String(await code(unresolvableBaseUrl)), /^(ENOTFOUND|EAI_AGAIN)$/);
    assert.equal(await code(await refusingBaseUrl()), "ECONNREFUSED");
  });

  it("have a host with a certificate that nobody trusts", async () => {
    const host = await startUntrustedTlsHost();
    try {
      await assert.rejects(fetch(`${host.origin}/v1/models`, { headers }), (error) =>
        ["DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"].includes(
          String(at(error, "cause.code")),
        ),
      );
      assert.deepEqual(host.requests, []);
    } finally {
      await host.close();
    }
  });

  it("have a proxy that answers 407 to requests and tunnels", async () => {
    const proxy = await startRefusingProxy();
    const { hostname, port } = new URL(proxy.origin);
    const status = (method: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request({ hostname, port, method, path }, (response) =>
          resolve(response.resume().statusCode),
        );
        asked.on("connect", (response, socket) => {
          socket.destroy();
          resolve(response.statusCode);
        });
        asked.on("error", reject);
        asked.end();
      });
    try {
      assert.equal(await status("GET", "http://api.valarhq.ai/v1/models"), 407);
      assert.equal(await status("CONNECT", "api.valarhq.ai:443"), 407);
      assert.deepEqual(
        proxy.requests.map(({ method }) => method),
        ["GET", "CONNECT"],
      );
    } finally {
      await proxy.close();
    }
  });
});
