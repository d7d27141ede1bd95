import type { Disposable } from "../core/util/disposable.ts";
import type { ImagePreview } from "../core/chat/imagePreview.ts";
import type { ContextPlace } from "../protocol/chat.ts";
import type { HostLine } from "./hostLine.ts";

/** Width and height of a thumbnail, px; shown at half of it so that it is sharp on fine screens. */
const size = 32;
/** The most that are kept for when their chips are made anew. */
const most = 200;

/** Small pictures of images, which the host has: asked for when their chips come into sight, one after another. */
export class Thumbnails implements Disposable {
  readonly #request: HostLine["request"];
  readonly #known = new Map<string, HTMLCanvasElement>();
  readonly #places = new WeakMap<Element, ContextPlace>();
  readonly #sight = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) this.#wanted(target);
  });
  #last = Promise.resolve();

  constructor(request: HostLine["request"]) {
    this.#request = request;
  }

  dispose(): void {
    this.#sight.disconnect();
  }

  /** What stands for the image in its chip: the picture where it is known, else `sign` until it is. */
  show(place: ContextPlace, sign: Element): Element {
    const known = this.#known.get(place.id);
    if (known !== undefined) return copyOf(known);
    this.#places.set(sign, place);
    this.#sight.observe(sign);
    return sign;
  }

  #wanted(sign: Element): void {
    const place = this.#places.get(sign);
    this.#sight.unobserve(sign);
    this.#places.delete(sign);
    if (place !== undefined) this.#last = this.#last.then(() => this.#fetch(place, sign));
  }

  async #fetch(place: ContextPlace, sign: Element): Promise<void> {
    if (!sign.isConnected) return;
    const picture = await this.#picture(place);
    if (picture === undefined) return;
    this.#known.set(place.id, picture);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= most) break;
      this.#known.delete(oldest);
    }
    sign.replaceWith(copyOf(picture));
  }

  /** Undefined where there is none: the sign says what it would, so there is nothing to be told. */
  async #picture(place: ContextPlace): Promise<HTMLCanvasElement | undefined> {
    try {
      const image = await this.#request("contextImage", place);
      return image && (await draw(image));
    } catch {
      return undefined;
    }
  }
}

/** A small square from the middle of an image, drawn: the page may not load images. Throws if it is none. */
async function draw({ mediaType, data }: ImagePreview): Promise<HTMLCanvasElement> {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const file = new Blob([bytes], { type: mediaType });
  const bitmap = await createImageBitmap(file);
  const canvas = newCanvas();
  const { width, height } = bitmap;
  const side = Math.min(width, height);
  canvas
    .getContext("2d")
    ?.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side, 0, 0, size, size);
  bitmap.close();
  return canvas;
}

function copyOf(picture: HTMLCanvasElement): HTMLCanvasElement {
  const copy = newCanvas();
  copy.getContext("2d")?.drawImage(picture, 0, 0);
  return copy;
}

function newCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  canvas.className = "thumbnail";
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}
