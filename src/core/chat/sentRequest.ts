import type { PreparedRequest } from "../api/types.ts";
import { sliceList } from "./jsonSlices.ts";

/**
 * What was sent is kept for every answer, and every request repeats the conversation so far. So a body is taken
 * apart: `head`, the messages, `tail`. The messages of all requests are kept once, as a tree in which requests that
 * begin alike share their beginning: what is stored grows with the conversation, not with its square.
 */
export interface SentRequest {
  readonly key: string;
  readonly bodyHash: string;
  readonly baseUrl: string;
  readonly stream: boolean;
  readonly head: string;
  /** The `SentMessage` the request ends with; undefined when it has none. */
  readonly last: string | undefined;
  readonly tail: string;
}

/** A message as the bodies hold it, after another: ids, since two windows may add to the same conversation. */
export interface SentMessage {
  readonly id: string;
  readonly after: string | undefined;
  /** Its JSON, or the id of a message with the same, sent after something else. */
  readonly content: { readonly json: string } | { readonly sameAs: string };
}

export interface FoldedRequest {
  readonly sent: SentRequest;
  /** To be added to the pool. */
  readonly added: readonly SentMessage[];
}

/** Takes a request apart; `pool` holds the messages of the conversation's earlier requests. */
export function foldRequest(request: PreparedRequest, pool: readonly SentMessage[] = []): FoldedRequest {
  const { key, bodyHash, baseUrl, stream, body } = request;
  const { head, elements, tail } = sliceList(body, "messages");
  const places = new Map<string, string>();
  const holders = new Map<string, string>();
  const texts = jsonOf(pool);
  for (const { id, after, content } of pool) {
    places.set(placeKey(after, texts.get(id) ?? ""), id);
    if ("json" in content) {
      holders.set(content.json, id);
    }
  }
  const added: SentMessage[] = [];
  const prefix = newPrefix(key, pool);
  let last: string | undefined;
  for (const json of elements) {
    const known = places.get(placeKey(last, json));
    if (known === undefined) {
      const id = `${prefix}${added.length}`;
      const holder = holders.get(json);
      added.push({ id, after: last, content: holder === undefined ? { json } : { sameAs: holder } });
      if (holder === undefined) {
        holders.set(json, id);
      }
      last = id;
    } else {
      last = known;
    }
  }
  return { sent: { key, bodyHash, baseUrl, stream, head, last, tail }, added };
}

/** The body that was taken apart, to the byte; undefined when the pool lacks a part of it. */
export function unfoldBody(sent: SentRequest, pool: readonly SentMessage[] = []): string | undefined {
  const byId = new Map(pool.map((message) => [message.id, message]));
  const texts = jsonOf(pool);
  const elements: string[] = [];
  for (let id = sent.last; id !== undefined; id = byId.get(id)?.after) {
    const json = texts.get(id);
    // More steps than messages: a damaged file that names a circle.
    if (json === undefined || elements.length >= pool.length) {
      return undefined;
    }
    elements.push(json);
  }
  return `${sent.head}${elements.reverse().join(",")}${sent.tail}`;
}

/** The part of the pool that `sents` need; texts that only others held are handed on. */
export function neededMessages(
  sents: readonly SentRequest[],
  pool: readonly SentMessage[],
): readonly SentMessage[] {
  const byId = new Map(pool.map((message) => [message.id, message]));
  const texts = jsonOf(pool);
  const needed = new Set<string>();
  for (const sent of sents) {
    for (let id = sent.last; id !== undefined && !needed.has(id); id = byId.get(id)?.after) {
      needed.add(id);
    }
  }
  return pool
    .filter(({ id }) => needed.has(id))
    .map((message) => {
      const json = texts.get(message.id);
      const isOrphan = "sameAs" in message.content && !needed.has(message.content.sameAs);
      return isOrphan && json !== undefined ? { ...message, content: { json } } : message;
    });
}

function jsonOf(pool: readonly SentMessage[]): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const { id, content } of pool) {
    if ("json" in content) {
      own.set(id, content.json);
    }
  }
  const all = new Map(own);
  for (const { id, content } of pool) {
    const json = "sameAs" in content ? own.get(content.sameAs) : undefined;
    if (json !== undefined) {
      all.set(id, json);
    }
  }
  return all;
}

function placeKey(after: string | undefined, json: string): string {
  return `${after ?? ""} ${json}`;
}

/** A short beginning for the ids of a request's messages that none in the pool has. */
function newPrefix(key: string, pool: readonly SentMessage[]): string {
  const taken = new Set(pool.map(({ id }) => id.slice(0, id.lastIndexOf(".") + 1)));
  let prefix = `${key.slice(0, 8)}.`;
  for (let length = 9; taken.has(prefix); length++) {
    prefix = length > key.length ? `${prefix.slice(0, -1)}+.` : `${key.slice(0, length)}.`;
  }
  return prefix;
}
