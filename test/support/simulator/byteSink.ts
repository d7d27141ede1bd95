import type { ServerResponse } from "node:http";
import { constants, createGzip, type Gzip } from "node:zlib";
import type { Delivery } from "./delivery.ts";
import { seededRandom } from "./random.ts";

/** Thrown by `write` once the byte where a fault wants the body cut has been sent. */
export class CutReached extends Error {
  override readonly name = "CutReached";
}

/** Writes a response body the way a `Delivery` says: cut at any byte, zipped, and never past `limit` bytes. */
export class ByteSink {
  /** Bytes of the body sent so far, as they are on the wire. */
  bytesWritten = 0;
  readonly #response: ServerResponse;
  readonly #delivery: Delivery;
  readonly #limit: number;
  readonly #random: (() => number) | undefined;
  readonly #gzip: Gzip | undefined;
  #zipped: Buffer[] = [];

  constructor(response: ServerResponse, delivery: Delivery, limit = Infinity) {
    this.#response = response;
    this.#delivery = delivery;
    this.#limit = limit;
    this.#random = delivery.writeSeed > 0 ? seededRandom(delivery.writeSeed) : undefined;
    if (delivery.gzip) {
      this.#gzip = createGzip();
      this.#gzip.on("data", (data: Buffer) => this.#zipped.push(data));
    }
  }

  /** Resolves once the bytes are with the operating system, or the connection is gone. */
  async write(text: string): Promise<void> {
    const gzip = this.#gzip;
    if (!gzip) return this.#cutAndSend(Buffer.from(text));
    gzip.write(text);
    await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, () => setImmediate(resolve)));
    return this.#sendZipped();
  }

  /** Ends the body in good order. */
  async end(): Promise<void> {
    const gzip = this.#gzip;
    if (gzip) {
      await new Promise<void>((resolve) => {
        // Its trailer comes after the last write is done: only “end” says that it is out.
        gzip.once("end", resolve);
        gzip.end();
      });
      await this.#sendZipped();
    }
    await new Promise<void>((resolve) => {
      if (this.#response.destroyed) resolve();
      else this.#response.end(resolve).once("close", resolve);
    });
  }

  #sendZipped(): Promise<void> {
    const bytes = Buffer.concat(this.#zipped);
    this.#zipped = [];
    return this.#cutAndSend(bytes);
  }

  async #cutAndSend(bytes: Buffer): Promise<void> {
    const room = this.#limit - this.bytesWritten;
    // Once cut, what the compressor still holds goes nowhere.
    if (room <= 0) return;
    const allowed = bytes.length > room ? bytes.subarray(0, room) : bytes;
    let start = 0;
    while (start < allowed.length) {
      const end = this.#nextCut(start, allowed.length);
      await this.#send(allowed.subarray(start, end));
      start = end;
    }
    if (bytes.length >= room) throw new CutReached();
  }

  #nextCut(start: number, length: number): number {
    const { writeBytes, writeAt } = this.#delivery;
    let end = length;
    if (writeBytes > 0) {
      const size = this.#random ? 1 + Math.floor(this.#random() * writeBytes) : writeBytes;
      end = Math.min(end, start + size);
    }
    for (const offset of writeAt) {
      const here = offset - this.bytesWritten + start;
      if (here > start && here < end) end = here;
    }
    return end;
  }

  async #send(bytes: Buffer): Promise<void> {
    if (bytes.length === 0 || this.#response.destroyed) return;
    this.bytesWritten += bytes.length;
    const response = this.#response;
    const pieces = this.#delivery.writeBytes > 0 || this.#delivery.writeAt.length > 0;
    await new Promise<void>((resolve) => {
      const done = () => {
        response.off("close", done);
        // A turn of the event loop between writes lets the other side read them one by one.
        if (pieces) setImmediate(resolve);
        else resolve();
      };
      response.once("close", done);
      response.write(bytes, done);
    });
  }
}
