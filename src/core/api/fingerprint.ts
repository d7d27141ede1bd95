import type { Access } from "./types.ts";

/** SHA-256 of the UTF-8 bytes of `text`, hexadecimal. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Tells one origin and token from another without revealing either. */
export async function fingerprintOf(access: Access): Promise<string> {
  const hash = await sha256(`${new URL(access.baseUrl).origin}\n${access.token}`);
  return hash.slice(0, 16);
}
