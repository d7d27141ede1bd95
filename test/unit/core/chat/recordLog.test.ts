import assert from "node:assert/strict";
import { crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { encodeRecord, readLog } from "../../../../src/core/chat/recordLog.ts";
import { crc32 } from "../../../../src/core/util/crc32.ts";

const records = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 8 });
const encode = (values: readonly unknown[]) => Buffer.concat(values.map(encodeRecord));
const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("the log of a conversation", () => {
  it("gives back what was written", () => {
    fc.assert(
      fc.property(records, (values) => {
        const bytes = encode(values);
        assert.deepEqual(readLog(bytes), { records: values.map(clean), validBytes: bytes.length });
      }),
    );
  });

  it("cut anywhere, loses the cut record alone", () => {
    fc.assert(
      fc.property(records, fc.nat(), (values, seed) => {
        const bytes = encode(values);
        const cut = seed % bytes.length;
        const whole = readLog(bytes.subarray(0, cut));
        assert.deepEqual(whole.records, values.slice(0, whole.records.length).map(clean));
        assert.equal(whole.validBytes, encode(values.slice(0, whole.records.length)).length);
        assert.ok(
          whole.records.length === values.length - 1 ||
            cut < bytes.length - encodeRecord(values.at(-1)).length,
        );
      }),
    );
  });

  it("goes on behind a record that broke off, when another window did", () => {
    fc.assert(
      fc.property(records, records, fc.nat(), (before, after, seed) => {
        const first = encode(before);
        const last = encodeRecord(before.at(-1));
        const cut = first.length - 1 - (seed % (last.length - 1));
        const { records: read, validBytes } = readLog(Buffer.concat([first.subarray(0, cut), encode(after)]));
        assert.deepEqual(read, [...before.slice(0, -1), ...after].map(clean));
        assert.equal(validBytes, first.length - last.length);
      }),
    );
  });

  it("with any byte changed, gives only records that were written, in order", () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: 1, max: 255 }), (values, seed, flip) => {
        const bytes = encode(values);
        const at = seed % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        const { records: read, validBytes } = readLog(bytes);
        assert.deepEqual(read, values.slice(0, read.length).map(clean));
        assert.ok(validBytes <= at || validBytes === bytes.length || read.length < values.length);
      }),
    );
  });

  it("reads anything at all without failing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.ok(readLog(bytes).validBytes <= bytes.length);
      }),
    );
  });

  it("sums as zlib does", () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === nodeCrc32(bytes)));
  });
});
