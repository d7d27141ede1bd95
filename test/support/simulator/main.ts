import { parseArgs } from "node:util";
import { startSimulator } from "./server.ts";

const usage = `node test/support/simulator/main.ts [options]
  --port N               0 (default) takes a free one
  --host NAME            default 127.0.0.1
  --tokens-per-second N  0 (default): as fast as possible
  --first-token-ms N     wait before the first token, default 0
  --chars-per-chunk N    default 4
  --rate-limit N         requests a minute for each organization, default 6000, 0 for none
  --edits fenced|bare    whether code asked for alone comes in a fence, default fenced
  --no-cors`;

/** Runs the simulator as a program of its own: prints its base URL, then answers until it is stopped. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      "tokens-per-second": { type: "string", default: "0" },
      "first-token-ms": { type: "string", default: "0" },
      "chars-per-chunk": { type: "string", default: "4" },
      "rate-limit": { type: "string", default: "6000" },
      edits: { type: "string", default: "fenced" },
      "no-cors": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const simulator = await startSimulator({
    port: count(values.port),
    host: values.host,
    tokensPerSecond: count(values["tokens-per-second"]),
    firstTokenMs: count(values["first-token-ms"]),
    charsPerChunk: count(values["chars-per-chunk"]),
    requestsPerMinute: count(values["rate-limit"]),
    editAnswer: values.edits === "bare" ? "bare" : "fenced",
    cors: !values["no-cors"],
  });
  console.log(simulator.baseUrl);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void simulator.close());
  }
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Error(`Not a number of 0 or more: ${text}\n${usage}`);
  return value;
}

await main();
