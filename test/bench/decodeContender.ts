/** One way of reading a stream, measured in a process of its own: `name baseUrl events`. */
import { createParser } from "eventsource-parser";
import OpenAI from "openai";
import { ApiClient } from "../../src/core/api/client.ts";
import { defaultTimeouts } from "../../src/core/api/timeouts.ts";
import { createSystemClock } from "../../src/core/util/clock.ts";

export interface Measurement {
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Heap in use after a collection, at each eighth of the stream. */
  readonly heapMb: readonly number[];
}

export type ContenderName = "read" | "bare" | "ours" | "openai";
interface Contender {
  readonly title: string;
  /** Reads `events` events; returns the text's length. `onText` is told the length so far. */
  readonly run: (baseUrl: string, events: number, onText: (length: number) => void) => Promise<number>;
}

const model = "zai-org/GLM-5.1-FP8";
const messagesFor = (events: number): [{ role: "user"; content: string }] => [
  { role: "user", content: String(events) },
];

async function bodyOf(baseUrl: string, events: number): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ model, messages: messagesFor(events), stream: true }),
  });
  if (response.body === null) throw new Error("no body");
  return response.body;
}

export const contenders: Readonly<Record<ContenderName, Contender>> = {
  read: {
    title: "reading alone",
    async run(baseUrl, events) {
      let length = 0;
      for await (const bytes of await bodyOf(baseUrl, events)) length += bytes.length;
      return length;
    },
  },
  bare: {
    title: "bare `createParser` + `JSON.parse`",
    async run(baseUrl, events) {
      let text = "";
      const parser = createParser({
        onEvent: ({ data }) => {
          if (data === "[DONE]") return;
          const json = JSON.parse(data) as { choices: { delta: { content?: string } }[] };
          text += json.choices[0]?.delta.content ?? "";
        },
      });
      const decoder = new TextDecoder();
      const reader = (await bodyOf(baseUrl, events)).getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        parser.feed(decoder.decode(read.value, { stream: true }));
      }
      return text.length;
    },
  },
  ours: {
    title: "this client, everything on",
    async run(baseUrl, events, onText) {
      const silent = (): void => undefined;
      const client = new ApiClient({
        access: () => Promise.resolve({ baseUrl, token: "sk_bench" }),
        fetch: globalThis.fetch,
        clock: createSystemClock(),
        random: Math.random,
        randomUuid: () => crypto.randomUUID(),
        timeouts: () => defaultTimeouts,
        log: { debug: silent, info: silent, warn: silent },
      });
      const request = await client.prepareChat({
        model,
        messages: messagesFor(events),
        stream: true,
        includeUsage: true,
      });
      let length = 0;
      let finished = false;
      for await (const event of client.streamChat(request, new AbortController().signal)) {
        if (event.type === "delta") onText((length += event.text.length));
        if (event.type === "finished") finished = event.finish.verified;
      }
      if (!finished) throw new Error("unfinished");
      return length;
    },
  },
  openai: {
    title: "`openai` SDK",
    async run(baseUrl, events) {
      const client = new OpenAI({ baseURL: baseUrl, apiKey: "sk_bench" });
      const stream = await client.chat.completions.create({
        model,
        messages: messagesFor(events),
        stream: true,
      });
      let text = "";
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
      return text.length;
    },
  },
};

async function measure(name: ContenderName, baseUrl: string, events: number): Promise<Measurement> {
  const { run } = contenders[name];
  // Compiled code is what a second answer meets.
  await run(baseUrl, Math.min(events, 20_000), () => undefined);
  const started = performance.now();
  const before = process.cpuUsage();
  const length = await run(baseUrl, events, () => undefined);
  const cpu = process.cpuUsage(before);
  const wallMs = performance.now() - started;
  const heapMb = name === "ours" ? await heapWhile(run, baseUrl, events, length) : [];
  return { cpuMs: (cpu.user + cpu.system) / 1000, wallMs, heapMb };
}

async function heapWhile(
  run: Contender["run"],
  baseUrl: string,
  events: number,
  length: number,
): Promise<number[]> {
  const heapMb: number[] = [];
  await run(baseUrl, events, (soFar) => {
    if (soFar < ((heapMb.length + 1) * length) / 8) return;
    globalThis.gc?.();
    heapMb.push(process.memoryUsage().heapUsed / 1e6);
  });
  return heapMb;
}

if (import.meta.main) {
  const [name, baseUrl, events] = process.argv.slice(2);
  console.log(JSON.stringify(await measure(name as ContenderName, baseUrl ?? "", Number(events))));
}
