import { isRecord, parseJson } from "../../../core/util/record.ts";
import type { ConversationSummary } from "../ports.ts";

/** What is known of a conversation's file: true for as long as its size and time are these. */
export interface IndexEntry {
  readonly file: string;
  readonly size: number;
  readonly changedAt: number;
  /** Undefined for a file that cannot be read. */
  readonly summary: ConversationSummary | undefined;
  /** See `searchText`: no line breaks, no tabs. */
  readonly text: string;
}

/**
 * The index as a file: a line an entry, `json<tab>text`, so that thousands of texts are read without being parsed.
 */
export function encodeIndex(entries: Iterable<IndexEntry>): Uint8Array {
  const lines: string[] = [];
  for (const { text, ...entry } of entries) {
    lines.push(`${JSON.stringify({ version, ...entry, length: text.length })}\t${text}\n`);
  }
  return new TextEncoder().encode(lines.join(""));
}

/** The entries that are whole; a damaged line is left out, and its conversation is read again. */
export function decodeIndex(bytes: Uint8Array): readonly IndexEntry[] {
  const entries: IndexEntry[] = [];
  for (const line of new TextDecoder().decode(bytes).split("\n")) {
    const tab = line.indexOf("\t");
    const entry = tab < 0 ? undefined : decodeEntry(parseJson(line.slice(0, tab)), line.slice(tab + 1));
    if (entry) {
      entries.push(entry);
    }
  }
  return entries;
}

const version = 3;

function decodeEntry(json: unknown, text: string): IndexEntry | undefined {
  if (!isRecord(json) || json["version"] !== version || json["length"] !== text.length) {
    return undefined;
  }
  const { file, size, changedAt } = json;
  if (typeof file !== "string" || typeof size !== "number" || typeof changedAt !== "number") {
    return undefined;
  }
  return { file, size, changedAt, summary: decodeSummary(json["summary"]), text };
}

function decodeSummary(json: unknown): ConversationSummary | undefined {
  if (!isRecord(json)) {
    return undefined;
  }
  const { id, title, pinned, changedAt, lastWords } = json;
  return typeof id === "string" &&
    typeof title === "string" &&
    typeof pinned === "boolean" &&
    typeof changedAt === "number" &&
    typeof lastWords === "string"
    ? { id, title, pinned, changedAt, lastWords }
    : undefined;
}
