// Looks for a secret where it must not be: in files, log lines and messages.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** One place where a form of the token stands. */
export interface TokenLeak {
  /** The file, or the name given to the text. */
  readonly where: string;
  readonly form: string;
  /** Some characters around it, with the token itself blotted out. */
  readonly excerpt: string;
}

export interface TokenSearch {
  /** Files, and folders with all they hold. One that does not exist is an error: nothing would be searched. */
  readonly paths?: readonly string[];
  /** Named texts: console lines, answers, notifications, environment … */
  readonly texts?: Readonly<Record<string, string>>;
  /** Files that may hold it: true for the encrypted secret storage. Given the path. */
  readonly mayHold?: (file: string) => boolean;
}

const excerptLength = 30;

/** Searches everything and gives every leak, so that a test can assert there is none. */
export async function findTokenLeaks(token: string, search: TokenSearch): Promise<TokenLeak[]> {
  const forms = formsOf(token);
  const leaks = Object.entries(search.texts ?? {}).flatMap(([name, text]) => leaksIn(name, text, forms));
  for (const start of search.paths ?? []) {
    for (const file of await filesUnder(start)) {
      if (search.mayHold?.(file) === true) continue;
      // Latin-1 keeps every byte apart, so that binary files are searched as well.
      leaks.push(...leaksIn(file, await readFile(file, "latin1"), forms));
    }
  }
  return leaks;
}

/** How a token may be written: as it is, encoded for a URL, JSON or a header, in hexadecimal, in UTF-16, reversed. */
export function formsOf(token: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(token, "utf8");
  const forms = new Map<string, string>([
    ["plain", token],
    ["UTF-8 bytes", bytes.toString("latin1")],
    ["URL-encoded", encodeURIComponent(token)],
    ["fully URL-encoded", [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")],
    ["JSON", JSON.stringify(token).slice(1, -1)],
    ["hexadecimal", bytes.toString("hex")],
    ["UTF-16", Buffer.from(token, "utf16le").toString("latin1")],
  ]);
  // Base64 depends on where in the encoded bytes the token begins; the ends depend on the neighbours.
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const stable = encoded.slice(
      offset === 0 ? 0 : offset + 1,
      (offset + bytes.length) % 3 === 0 ? undefined : -1,
    );
    forms.set(`base64, offset ${String(offset)}`, stable);
    forms.set(`base64url, offset ${String(offset)}`, stable.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return forms;
}

function leaksIn(where: string, text: string, forms: ReadonlyMap<string, string>): TokenLeak[] {
  const lower = text.toLowerCase();
  for (const [form, written] of forms) {
    const ignoresCase = form === "hexadecimal" || form === "fully URL-encoded";
    const at = ignoresCase ? lower.indexOf(written.toLowerCase()) : text.indexOf(written);
    if (at < 0) continue;
    const before = text.slice(Math.max(0, at - excerptLength), at);
    const after = text.slice(at + written.length, at + written.length + excerptLength);
    return [{ where, form, excerpt: `${before}█████${after}` }];
  }
  return [];
}

async function filesUnder(start: string): Promise<string[]> {
  const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (entries === undefined) return [start];
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
