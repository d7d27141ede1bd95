import { ApiClient } from "../../src/core/api/client.ts";
import { createSystemClock } from "../../src/core/util/clock.ts";
import { testKey } from "../support/simulator/config.ts";
import type { Simulator } from "../support/simulator/server.ts";

/** The product's client, asking the simulator; between attempts it does not wait. */
export function simulatedClient(simulator: Simulator): ApiClient {
  return new ApiClient({
    access: () => Promise.resolve({ baseUrl: simulator.baseUrl, token: testKey }),
    fetch: (input, init) => globalThis.fetch(input, init),
    clock: createSystemClock(),
    random: () => 0,
    randomUuid: () => crypto.randomUUID(),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    timeouts: () => ({ headersMs: 5000, idleMs: 5000, totalMs: 15_000 }),
  });
}
