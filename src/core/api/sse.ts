import { createParser } from "eventsource-parser";

/**
 * Longest line or event taken, in UTF-16 units. A tool call arrives whole in one event and may be long; without
 * a bound a stream that never ends its line would fill the memory.
 */
export const maxEventLength = 4 * 1024 * 1024;

/** A line or event above `maxEventLength`. */
export class SseOverflowError extends Error {
  override readonly name = "SseOverflowError";
}

export interface SseDecoder {
  /** Throws `SseOverflowError`; whatever `onEvent` throws comes through. */
  push(bytes: Uint8Array): void;
  /** The stream ended cleanly: hands over an event whose last newline is missing. */
  end(): void;
}

/**
 * Bytes of a `text/event-stream` to its events, however the bytes were cut.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function createSseDecoder(onEvent: (data: string, name: string | undefined) => void): SseDecoder {
  // Strips a byte order mark, and keeps the first bytes of a character until the rest has come.
  const decoder = new TextDecoder("utf-8");
  let overflowed = false;
  const parser = createParser({
    maxBufferSize: maxEventLength,
    onEvent: (event) => onEvent(event.data, event.event),
    onError: (error) => {
      // Unknown fields and odd retry values are to be ignored.
      if (error.type === "max-buffer-size-exceeded") overflowed = true;
    },
  });
  const feed = (text: string): void => {
    if (text !== "") parser.feed(text);
    if (overflowed) throw new SseOverflowError("The server sent an event that is too long.");
  };
  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    // The specification drops an event without its blank line. Here a cut event is not valid JSON, so the
    // reader tells, and `[DONE]` from a server that forgets the newline still counts.
    end: () => feed(`${decoder.decode()}\n\n`),
  };
}
