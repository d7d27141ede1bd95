import { maxImages } from "../api/image.ts";
import type { ContextItem, ImageContext, Message } from "./conversation.ts";

/** The images of a branch that its request holds: the newest, up to `most`. */
export function sentImages(branch: readonly Message[], most = maxImages): ReadonlySet<ContextItem> {
  const images = imagesOf(branch);
  return new Set(images.slice(Math.max(0, images.length - most)));
}

/** All images of a branch, the oldest first. */
export function imagesOf(branch: readonly Message[]): readonly ImageContext[] {
  return branch.flatMap((message) =>
    message.kind === "user"
      ? message.context.filter((item): item is ImageContext => item.kind === "image")
      : [],
  );
}
