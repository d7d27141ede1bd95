/** In pieces: an image has more bytes than a call can have arguments. */
const pieceBytes = 0x8000;

export function toBase64(data: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < data.length; at += pieceBytes) {
    pieces.push(String.fromCharCode(...data.subarray(at, at + pieceBytes)));
  }
  return btoa(pieces.join(""));
}
