import type { IncomingMessage, ServerResponse } from "node:http";
import { isObject } from "./chatRequest.ts";
import { decodeConfig, decodeFaults } from "./controlDecode.ts";
import { corsHeaders } from "./exchange.ts";
import type { Simulator } from "./server.ts";

const help = `Valar API simulator. Control endpoints under /__simulator:
  GET    stats
  GET    journal[?since=N]         requests after number N
  GET    wait?requests=N&ended=N&held=N&timeout=MS   until so many came, ended or are held
  GET    faults                    what is still to come
  POST   faults                    one fault or a list: added at the end
  DELETE faults
  GET    config
  POST   config                    any part of the configuration
  POST   release                   lets held answers go on
  POST   drop                      resets every open API connection
  POST   down {"forMs": 500}       refuses connections for so long
  POST   reset                     forgets everything
`;

/** Serves `/__simulator/…`, by which other processes steer the simulator. */
export async function handleControl(
  request: IncomingMessage,
  response: ServerResponse,
  simulator: ControlledSimulator,
): Promise<void> {
  const send = (status: number, value: unknown) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const type = typeof value === "string" ? "text/plain; charset=utf-8" : "application/json";
    // A connection of its own, which no API request takes over: it outlives `drop` and `down`.
    const headers = { "Content-Type": type, Connection: "close", ...corsHeaders() };
    response.writeHead(status, headers).end(text);
  };
  try {
    const url = new URL(request.url ?? "/", "http://simulator");
    const name = url.pathname.replace(/^\/__simulator\/?/, "");
    const command = commands[`${request.method ?? "GET"} ${name}`];
    if (command) send(200, await command(simulator, url.searchParams, () => readJson(request)));
    else if (request.method === "OPTIONS") send(200, "");
    else send(404, help);
  } catch (error) {
    send(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** What the endpoints need beyond what a test in the same process gets. */
export interface ControlledSimulator extends Simulator {
  /** Refuses connections for so long, milliseconds. */
  downFor(ms: number): void;
}

type Command = (
  simulator: ControlledSimulator,
  query: URLSearchParams,
  body: () => Promise<unknown>,
) => unknown;

const commands: Readonly<Record<string, Command>> = {
  "GET ": () => help,
  "GET stats": (simulator) => simulator.stats(),
  "GET journal": (simulator, query) => {
    const since = Number(query.get("since") ?? 0);
    return simulator.requests.filter((entry) => entry.number > since);
  },
  "GET wait": async (simulator, query) => ({
    reached: await wait(query, simulator),
    stats: simulator.stats(),
  }),
  "GET faults": (simulator) => simulator.faults.pending,
  "POST faults": async (simulator, _query, body) => {
    simulator.faults.add(...decodeFaults(await body()));
    return simulator.stats();
  },
  "DELETE faults": (simulator) => {
    simulator.faults.clear();
    return simulator.stats();
  },
  // The keys are the simulator's own business: how many there are is enough.
  "GET config": ({ config }) => ({ ...config, keys: Object.keys(config.keys).length }),
  "POST config": async (simulator, _query, body) => {
    simulator.configure(decodeConfig(await body(), simulator.config));
    return simulator.stats();
  },
  "POST release": (simulator) => {
    simulator.release();
    return simulator.stats();
  },
  "POST drop": (simulator) => {
    simulator.dropConnections();
    return simulator.stats();
  },
  "POST down": async (simulator, _query, body) => {
    const change = await body();
    const ms = isObject(change) ? change["forMs"] : undefined;
    if (typeof ms !== "number") throw new Error("down needs forMs, a number of milliseconds.");
    simulator.downFor(ms);
    return simulator.stats();
  },
  "POST reset": (simulator) => {
    simulator.reset();
    return simulator.stats();
  },
};

function wait(query: URLSearchParams, simulator: Simulator): Promise<boolean> {
  const wanted = (name: string) => Number(query.get(name) ?? 0);
  const [requests, ended, held] = [wanted("requests"), wanted("ended"), wanted("held")];
  return simulator.waitUntil(
    (entries) =>
      entries.length >= requests &&
      entries.filter((entry) => entry.outcome !== "open").length >= ended &&
      entries.filter((entry) => entry.held).length >= held,
    AbortSignal.timeout(Number(query.get("timeout") ?? 10_000)),
  );
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  const value: unknown = JSON.parse(Buffer.concat(parts).toString("utf8") || "{}");
  return value;
}
