import type { ContextItem } from "./conversation.ts";

export interface ImagePreview {
  readonly mediaType: string;
  /** In base64. */
  readonly data: string;
}

/** Of larger images no small picture is made: they would have to be unpacked for it. */
const maxBytes = 6 * 1024 * 1024;
const maxPixels = 50_000_000;

/** The image itself, to make a small picture of; undefined for other context and for large images. */
export function imagePreview(item: ContextItem): ImagePreview | undefined {
  if (item.kind !== "image" || item.bytes > maxBytes) return undefined;
  const { width = Infinity, height = Infinity } = item;
  if (width * height > maxPixels) return undefined;
  const [, mediaType, data] = /^data:(image\/[a-z]+);base64,(.*)$/s.exec(item.url) ?? [];
  return mediaType === undefined || data === undefined ? undefined : { mediaType, data };
}
