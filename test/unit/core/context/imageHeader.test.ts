import assert from "node:assert/strict";
import fc from "fast-check";
import { readImageHeader } from "../../../../src/core/context/imageHeader.ts";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

const images = {
  "image/png": bytes("89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 0802000000"),
  "image/gif": bytes("474946383961 8002 e001 f70000"),
  // A thumbnail's segment before the frame, with bytes that look like a frame inside.
  "image/jpeg": bytes(
    "ffd8 ffe1 000a ffc0 0011 0800 0100 ffff db00 04aabb ffc2 0011 08 01e0 0280 03".replace(
      "ffff db",
      "ff ffdb",
    ),
  ),
};

describe("the header of an image", () => {
  for (const [type, image] of Object.entries(images)) {
    it(`gives type and size: ${type}`, () => {
      assert.deepEqual(readImageHeader(image), { type, width: 640, height: 480 });
    });
  }

  for (const [kind, hex] of [
    ["lossy", "52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001"],
    ["lossless", "52494646 00000000 57454250 5650384c 00000000 2f 7fc27700 0000000000"],
    ["extended", "52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100"],
  ] as const) {
    it(`gives type and size: image/webp, ${kind}`, () => {
      assert.deepEqual(readImageHeader(bytes(hex)), { type: "image/webp", width: 640, height: 480 });
    });
  }

  it("is none for anything else", () => {
    for (const text of ["<svg/>", "", "BM", "%PDF-1.7", "RIFF0000WAVE", "GIF88a", "\x89PNG"]) {
      assert.equal(readImageHeader(new TextEncoder().encode(text)), undefined, text);
    }
  });

  it("says nothing of a size that is cut off", () => {
    for (const image of Object.values(images)) {
      for (let length = 0; length < image.length - 8; length++) {
        const header = readImageHeader(image.subarray(0, length));
        assert.equal(header?.width, undefined);
      }
    }
  });

  it("can be read of any bytes after any beginning", () => {
    const starts = [...Object.values(images), bytes("524946460000000057454250"), new Uint8Array()];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.nat(40),
        fc.uint8Array({ maxLength: 200 }),
        (start, kept, rest) => {
          const header = readImageHeader(Uint8Array.from([...start.subarray(0, kept), ...rest]));
          assert.equal(header?.width === undefined, header?.height === undefined);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
