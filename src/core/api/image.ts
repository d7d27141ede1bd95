import { phrase } from "../util/phrase.ts";
import { refuse, refuseSaid } from "./validate.ts";

/** Images in one request. Source: the vendor's documentation of image input. */
export const maxImages = 20;
/** Bytes of one image, decoded. */
export const maxImageBytes = 20 * 1024 * 1024;
/** MIME types taken in a data URI. */
export const imageTypes: readonly string[] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

const allowed = phrase("a data URI of a JPEG, PNG, WebP or GIF image of at most 20 MB, or an http(s) URL");

/** Checks where an image comes from. Throws `ParameterError`; the data itself is never quoted. */
export function checkImageUrl(field: string, url: unknown): void {
  if (typeof url !== "string") refuse(field, url, allowed);
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
  const head = /^data:([^;,]*);base64,/i.exec(url);
  if (head === null) refuse(field, url.slice(0, 40), allowed);
  const [prefix, type = ""] = head;
  if (!imageTypes.includes(type.toLowerCase())) refuse(field, `data:${type}`, allowed);
  const bytes = decodedLength(url, prefix.length);
  if (bytes > maxImageBytes)
    refuseSaid(field, phrase("an image of {0} MB", Math.ceil(bytes / (1024 * 1024))), allowed);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(url.slice(prefix.length)))
    refuse(field, `${prefix}…`, phrase("{0}, in base64", allowed));
}

/** Bytes that the base64 text of `url` after `start` stands for. */
function decodedLength(url: string, start: number): number {
  const padding = url.endsWith("==") ? 2 : url.endsWith("=") ? 1 : 0;
  return Math.floor(((url.length - start) * 3) / 4) - padding;
}
