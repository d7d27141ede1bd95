import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { fill } from "../dom.ts";

/** What the API takes: reference page, “image_url”. Bytes, decoded. */
const maxMegabytes = 20;
const maxBytes = maxMegabytes * 1024 * 1024;
const mediaTypes: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);

/** Why the API would not take this image; undefined when it would. */
export function imageProblem(file: File, strings: ComposerStrings): string | undefined {
  if (!mediaTypes.has(file.type)) return fill(strings.imageKind, file.name);
  return file.size > maxBytes ? fill(strings.imageTooLarge, file.name, maxMegabytes) : undefined;
}

/** The content of a file in base64. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const url = typeof reader.result === "string" ? reader.result : "";
      resolve(url.slice(url.indexOf(",") + 1));
    });
    reader.addEventListener("error", () => reject(reader.error ?? new Error("The file could not be read")));
    reader.readAsDataURL(file);
  });
}
