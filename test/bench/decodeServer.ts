import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Streams as many events as the request's message says. */
export async function startStreamServer(): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      let body = "";
      for await (const part of request.setEncoding("utf8")) body += String(part);
      const { messages } = JSON.parse(body) as { messages: { content: string }[] };
      response.socket?.setNoDelay(true);
      response.writeHead(200, { "Content-Type": "text/event-stream", "X-Request-ID": "req_bench" });
      await pipeline(Readable.from(piecesOf(Number(messages[0]?.content))), response);
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const words = ["the ", "return ", "const ", "é", "\n", "  ", "stream", "🎉", "(value)", "; "];

/** The stream's bytes in pieces of 1 to 16 KB, the same for everybody. */
function* piecesOf(events: number): Generator<Buffer> {
  let seed = 1;
  const random = (): number => (seed = (Math.imul(seed, 48271) >>> 0) % 2147483647) / 2147483647;
  let pending = Buffer.alloc(0);
  let batch = "";
  for (let n = 0; n < events; n += 1) {
    batch += chunk({ content: words[Math.floor(random() * words.length)] }, null);
    if (batch.length < 256 * 1024) continue;
    pending = Buffer.concat([pending, Buffer.from(batch)]);
    batch = "";
    let start = 0;
    for (let size = 1024 + Math.floor(random() * 15 * 1024); start + size < pending.length;) {
      yield pending.subarray(start, start + size);
      start += size;
      size = 1024 + Math.floor(random() * 15 * 1024);
    }
    pending = pending.subarray(start);
  }
  yield Buffer.concat([pending, Buffer.from(`${batch}${chunk({}, "stop")}data: [DONE]\n\n`)]);
}

function chunk(delta: object, finish: string | null): string {
  return `data: ${JSON.stringify({
    id: "chatcmpl-3f0b1f0a8a524a4b",
    object: "chat.completion.chunk",
    created: 1777000000,
    model: "zai-org/GLM-5.1-FP8",
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  })}\n\n`;
}
