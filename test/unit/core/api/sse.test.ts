import assert from "node:assert/strict";
import { createSseDecoder, maxEventLength, SseOverflowError } from "../../../../src/core/api/sse.ts";
import { bytes } from "./support/fakeFetch.ts";

/** Name, stream, the data of its events. */
const cases: readonly (readonly [name: string, stream: string, events: readonly string[]])[] = [
  ["LF", "data: a\n\ndata: b\n\n", ["a", "b"]],
  ["CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
  ["CR", "data: a\r\rdata: b\r\r", ["a", "b"]],
  ["mixed line endings", "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", ["a", "b", "c"]],
  ["a byte order mark", "\uFEFFdata: a\n\n", ["a"]],
  ["a byte order mark before CRLF", "\uFEFFdata: a\r\n\r\n", ["a"]],
  ["comments", ": hi\n:\n\ndata: a\n: in between\n\n", ["a"]],
  ["several data lines", "data: a\ndata: b\ndata:\n\n", ["a\nb\n"]],
  ["several data lines in CRLF", "data: a\r\ndata: b\r\n\r\n", ["a\nb"]],
  ["a field without colon", "data\ndata: a\nnonsense\n\n", ["\na"]],
  ["no blank, one blank, two blanks", "data:a\n\ndata: b\n\ndata:  c\n\n", ["a", "b", " c"]],
  ["other fields", "id: 1\nevent: x\nretry: 5\nretry: soon\nfoo: bar\ndata: a\n\n", ["a"]],
  ["characters of 2, 3 and 4 bytes", "data: é€🎉\n\ndata: 日本語👩‍👩‍👧\n\n", ["é€🎉", "日本語👩‍👩‍👧"]],
  ["NUL", "id: a\0b\ndata: x\0y\n\n", ["x\0y"]],
  ["line separators that are none here", "data: a\u2028b\u0085c\vd\n\n", ["a\u2028b\u0085c\vd"]],
  ["no final newline", "data: a\n\ndata: [DONE]", ["a", "[DONE]"]],
  ["one final newline", "data: a\n\ndata: [DONE]\n", ["a", "[DONE]"]],
  ["CR at the very end", "data: a\r\r", ["a"]],
  ["data after [DONE]", "data: [DONE]\n\ndata: junk\n\nmore junk", ["[DONE]", "junk"]],
  ["blank lines only", "\n\n\r\n\r\r", []],
  ["nothing", "", []],
];

function decode(pieces: readonly Uint8Array[]): string[] {
  const events: string[] = [];
  const decoder = createSseDecoder((data) => events.push(data));
  for (const piece of pieces) decoder.push(piece);
  decoder.end();
  return events;
}

describe("createSseDecoder", () => {
  for (const [name, stream, events] of cases) {
    it(`reads ${name}, whole, in any two pieces, and byte by byte`, () => {
      const all = bytes(stream);
      assert.deepEqual(decode([all]), events, "whole");
      for (let cut = 0; cut <= all.length; cut += 1) {
        assert.deepEqual(decode([all.subarray(0, cut), all.subarray(cut)]), events, `cut at byte ${cut}`);
      }
      assert.deepEqual(decode(Array.from(all, (byte) => Uint8Array.of(byte))), events, "byte by byte");
    });
  }

  it("reads in any three pieces", () => {
    const all = bytes("\uFEFFdata: é🎉\r\n: c\r\n\r\ndata: b\r\r");
    for (let one = 0; one <= all.length; one += 1) {
      for (let two = one; two <= all.length; two += 1) {
        const pieces = [all.subarray(0, one), all.subarray(one, two), all.subarray(two)];
        assert.deepEqual(decode(pieces), ["é🎉", "b"], `cut at ${one} and ${two}`);
      }
    }
  });

  it("hands over the event's name", () => {
    const names: (string | undefined)[] = [];
    const decoder = createSseDecoder((_data, name) => names.push(name));
    decoder.push(bytes("event: error\ndata: a\n\ndata: b\n\n"));
    assert.deepEqual(names, ["error", undefined]);
  });

  it("fails on a line without end, having kept no more than the bound and a piece", () => {
    const decoder = createSseDecoder(() => assert.fail("no event"));
    const piece = new Uint8Array(64 * 1024).fill(97);
    let pushed = 0;
    assert.throws(() => {
      for (; pushed < 10 * 1024 * 1024; pushed += piece.length) decoder.push(piece);
    }, SseOverflowError);
    assert.ok(pushed <= maxEventLength + piece.length, `took ${pushed} bytes`);
  });

  it("fails on an event of endless data lines", () => {
    const decoder = createSseDecoder(() => assert.fail("no event"));
    const piece = bytes(`data: ${"a".repeat(64 * 1024)}\n`);
    assert.throws(() => {
      for (let n = 0; n < 200; n += 1) decoder.push(piece);
    }, SseOverflowError);
  });

  it("replaces bytes that are not UTF-8 instead of failing", () => {
    assert.deepEqual(decode([Uint8Array.of(...bytes("data: a"), 0xff, ...bytes("b\n\n"))]), ["a\uFFFDb"]);
  });
});
