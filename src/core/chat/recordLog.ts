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
  /** How many bytes from the start are whole records; what comes behind them is damaged at least in part. */
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

/**
 * Reads records from the start and stops at the first that is not whole, unless it broke off and another window went
 * on behind it: then a whole one ends the same line. Never throws.
 */
export function readLog(bytes: Uint8Array): LogContents {
  const records: unknown[] = [];
  let validBytes: number | undefined;
  let at = 0;
  for (;;) {
    const end = bytes.indexOf(newline, at);
    const line = bytes.subarray(at, Math.max(at, end));
    const whole = readLine(line);
    const record = whole ?? lastRecord(line);
    validBytes ??= whole === undefined ? at : undefined;
    if (record === undefined) {
      return { records, validBytes: validBytes ?? at };
    }
    records.push(record);
    at = end + 1;
  }
}

const newline = 0x0a;
/** Longest head: version, 16 digits of length, 8 of checksum and their blanks. */
const longestHead = 32;

function readLine(line: Uint8Array): unknown {
  const head = headOf(line);
  if (!head) {
    return undefined;
  }
  const json = line.subarray(head[0].length);
  if (json.length !== Number(head[1]) || crc32(json) !== parseInt(head[2] ?? "", 16)) {
    return undefined;
  }
  return parseJson(new TextDecoder().decode(json));
}

/** The whole record that a line ends with, behind one that broke off. */
function lastRecord(line: Uint8Array): unknown {
  for (const { index } of new TextDecoder("latin1").decode(line).matchAll(/(?=1 \d+ [0-9a-f]+ )/g)) {
    const record = isTorn(line.subarray(0, index)) ? readLine(line.subarray(index)) : undefined;
    if (record !== undefined) {
      return record;
    }
  }
  return undefined;
}

function isTorn(record: Uint8Array): boolean {
  const [head, length] = headOf(record) ?? [];
  return head === undefined ? record.length < longestHead : record.length - head.length <= Number(length);
}

function headOf(line: Uint8Array): RegExpExecArray | null {
  return /^1 (\d+) ([0-9a-f]+) /.exec(ascii(line.subarray(0, longestHead)));
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
