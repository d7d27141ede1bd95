/** What the first bytes of an image say. Pixels are undefined when they could not be read. */
export interface ImageHeader {
  readonly type: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** Reads an image's type and size by its own bytes, whatever it claims to be; undefined when it is none of the four. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (at: number, text: string): boolean =>
    Array.from(text).every((character, index) => bytes[at + index] === character.charCodeAt(0));
  if (has(0, "\x89PNG\r\n\x1a\n")) return { type: "image/png", ...pngSize(view, has(12, "IHDR")) };
  if (has(0, "GIF87a") || has(0, "GIF89a")) return { type: "image/gif", ...gifSize(view) };
  if (has(0, "\xff\xd8\xff")) return { type: "image/jpeg", ...jpegSize(view) };
  if (has(0, "RIFF") && has(8, "WEBP")) return { type: "image/webp", ...webpSize(view, has) };
  return undefined;
}

interface Size {
  readonly width: number | undefined;
  readonly height: number | undefined;
}
const unknown: Size = { width: undefined, height: undefined };

function size(width: number, height: number): Size {
  return width > 0 && height > 0 ? { width, height } : unknown;
}

function pngSize(view: DataView, hasHeader: boolean): Size {
  return hasHeader && view.byteLength >= 24 ? size(view.getUint32(16), view.getUint32(20)) : unknown;
}

function gifSize(view: DataView): Size {
  return view.byteLength >= 10 ? size(view.getUint16(6, true), view.getUint16(8, true)) : unknown;
}

/** The frame header among the segments. Source: ITU-T T.81, B.1.1.3 and B.2.2. */
function jpegSize(view: DataView): Size {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
    } else if (isFrame(marker)) {
      return size(view.getUint16(at + 7), view.getUint16(at + 5));
    } else {
      at += 2 + Math.max(2, view.getUint16(at + 2));
    }
  }
  return unknown;
}

/** Start of frame: C0 to CF, except three that mean other things. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The three kinds of first chunk. Source: WebP Container Specification; RFC 6386, 9.1. */
function webpSize(view: DataView, has: (at: number, text: string) => boolean): Size {
  if (view.byteLength < 30) return unknown;
  if (has(12, "VP8 ") && has(23, "\x9d\x01\x2a")) {
    return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
  }
  if (has(12, "VP8L") && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (has(12, "VP8X")) {
    const at24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    return size(at24(24) + 1, at24(27) + 1);
  }
  return unknown;
}
