/** What one attempt gets: a function from the request to a response, or a failure to throw. */
export type Exchange = (init: RequestInit) => Promise<Response> | Response;

/** A `fetch` that answers from a script, one entry for each attempt; the last is used again. */
export function fakeFetch(...script: readonly Exchange[]): typeof globalThis.fetch {
  let attempt = 0;
  return async (_input, init = {}) => {
    const exchange = script[Math.min(attempt, script.length - 1)];
    attempt += 1;
    if (exchange === undefined) throw new Error("No exchange in the script");
    return exchange(init);
  };
}

export type BodyEnd = "end" | "reset" | "stall";

/** A stream of bytes in the given pieces, ended cleanly, by a reset, or never. */
export function streamOf(pieces: readonly Uint8Array[], end: BodyEnd = "end"): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[next];
        next += 1;
        if (piece !== undefined) controller.enqueue(piece);
        else if (end === "end") controller.close();
        else if (end === "reset") controller.error(resetError());
        else return new Promise<void>(() => undefined);
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
}

/** As Node's fetch reports a reset connection. */
export function resetError(): Error {
  const cause = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  return new TypeError("terminated", { cause });
}

export function sseResponse(pieces: readonly Uint8Array[], end: BodyEnd = "end"): Response {
  return new Response(streamOf(pieces, end), {
    headers: { "content-type": "text/event-stream", "x-request-id": "req_fake" },
  });
}

export function jsonResponse(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", "x-request-id": "req_fake", ...headers },
  });
}

const encoder = new TextEncoder();

export function bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Cuts bytes at the given offsets. */
export function cutAt(all: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const places = [...new Set(offsets.map((offset) => offset % (all.length + 1)))].sort((a, b) => a - b);
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const place of [...places, all.length]) {
    if (place > start) pieces.push(all.subarray(start, place));
    start = place;
  }
  return pieces;
}
