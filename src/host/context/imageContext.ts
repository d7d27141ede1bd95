import * as vscode from "vscode";
import { checkImageUrl, maxImageBytes } from "../../core/api/image.ts";
import type { ImageContext } from "../../core/chat/conversation.ts";
import { readImageHeader } from "../../core/context/imageHeader.ts";
import { UserError } from "../userError.ts";
import { readBytes } from "./readText.ts";

/** A size stands near the start, but after whatever else a camera has put there. */
const headerBytes = 1024 * 1024;

export function isImagePath(path: string): boolean {
  return /\.(?:png|jpe?g|webp|gif)$/i.test(path);
}

/** An image of the given base64 data, by what its bytes are. Throws `UserError`. */
export function imageContext(name: string, data: string): ImageContext {
  const bytes = decodedLength(data);
  if (bytes > maxImageBytes) {
    throw new UserError(
      vscode.l10n.t("{0} is larger than {1} MB.", name, String(maxImageBytes / (1024 * 1024))),
      vscode.l10n.t("Make it smaller and attach it again."),
    );
  }
  const header = readImageHeader(headOf(data));
  if (header === undefined) {
    throw new UserError(
      vscode.l10n.t("{0} is not an image that models can see.", name),
      vscode.l10n.t("PNG, JPEG, WebP and GIF images can be attached."),
    );
  }
  const url = `data:${header.type};base64,${data}`;
  checkImageUrl("image", url);
  const { width, height } = header;
  return { kind: "image", id: crypto.randomUUID(), name, url, width, height, bytes };
}

/** The same for a file. Throws `UserError`. */
export async function readImage(uri: vscode.Uri): Promise<ImageContext> {
  const bytes = await readBytes(uri, maxImageBytes);
  return imageContext(uri.path.slice(uri.path.lastIndexOf("/") + 1), toBase64(bytes));
}

/** The first bytes; none when the data is not base64. */
function headOf(data: string): Uint8Array {
  const start = data.slice(0, Math.ceil(headerBytes / 3) * 4);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(start)) return new Uint8Array();
  const whole = start.slice(0, start.length - (start.length % 4));
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}

function decodedLength(data: string): number {
  const padding = data.endsWith("==") ? 2 : data.endsWith("=") ? 1 : 0;
  return Math.floor((data.length * 3) / 4) - padding;
}

function toBase64(bytes: Uint8Array): string {
  /** As many arguments as every engine takes. */
  const step = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += step) {
    binary += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(binary);
}
