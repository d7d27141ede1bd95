import { crc32 } from "../util/crc32.ts";
import { parseJson } from "../util/record.ts";

/**
 * The append-only file of a conversation: one record a line, `1 <bytes> <crc32> <json>`. Each line says how long
 * its JSON is and what it sums to, so that a torn or damaged end is told from a whole record.
 */

const version = "1";

/** What a file holds, as far as it is whole. */
export interface LogContents {
  /** The records, each still to be decoded. */
  readonly records: readonly unknown[];
  /** How many bytes from the start are whole records. */
  readonly validBytes: number;
}

export function encodeRecord(record: unknown): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(record));
  const head = new TextEncoder().encode(`${version} ${json.length} ${crc32(json).toString(16)} `);
  const line = new Uint8Array(head.length + json.length + 1);
  line.set(head);
  line.set(json, head.length);
  line[line.length - 1] = newline;
  return line;
}

/** Reads records from the start and stops at the first that is not whole. Never throws. */
export function readLog(bytes: Uint8Array): LogContents {
  const records: unknown[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf(newline, at);
    if (end < 0) {
      return { records, validBytes: at };
    }
    const record = readLine(bytes.subarray(at, end));
    if (record === undefined) {
      return { records, validBytes: at };
    }
    records.push(record);
    at = end + 1;
  }
}

const newline = 0x0a;
/** Longest head: version, 16 digits of length, 8 of checksum and their blanks. */
const longestHead = 32;

function readLine(line: Uint8Array): unknown {
  const head = /^1 (\d+) ([0-9a-f]+) /.exec(ascii(line.subarray(0, longestHead)));
  if (!head) {
    return undefined;
  }
  const json = line.subarray(head[0].length);
  if (json.length !== Number(head[1]) || crc32(json) !== parseInt(head[2] ?? "", 16)) {
    return undefined;
  }
  return parseJson(new TextDecoder().decode(json));
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
