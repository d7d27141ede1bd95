import {
  errorActionIds,
  type ErrorActionId,
  type HostMethod,
  type HostRequests,
} from "../../protocol/chat.ts";

/** A request of the webview, read and checked. */
export type DecodedMessage =
  | { readonly type: "request"; readonly id: number; readonly request: DecodedRequest }
  | { readonly type: "cancel"; readonly id: number };

export interface DecodedRequest<M extends HostMethod = HostMethod> {
  readonly method: M;
  readonly params: HostRequests[M][0];
}

/** Longest text accepted from the webview, characters. */
const maxTextLength = 10_000_000;

type Fields = Readonly<Record<string, unknown>>;
type Decoders = { readonly [M in HostMethod]: (params: Fields) => HostRequests[M][0] };

const decoders: Decoders = {
  ready: () => undefined,
  send: (params) => ({ clientId: text(params, "clientId"), text: text(params, "text") }),
  stop: () => undefined,
  newChat: () => undefined,
  regenerate: (params) => ({ messageId: text(params, "messageId") }),
  saveDraft: (params) => ({ text: text(params, "text") }),
  removeContext: (params) => ({ id: text(params, "id") }),
  errorAction: (params) => ({ messageId: text(params, "messageId"), action: errorAction(params) }),
  setToken: () => undefined,
  getKey: () => undefined,
  selectModel: () => undefined,
  copy: (params) => ({ text: text(params, "text") }),
  insertAtCursor: (params) => ({ text: text(params, "text") }),
  openLink: (params) => ({ href: text(params, "href") }),
};

/** Reads a message of the webview. Throws a `TypeError` that says what is wrong with it. */
export function decodeMessage(message: unknown): DecodedMessage {
  const fields = object(message);
  const id = fields["id"];
  if (typeof id !== "number" || !Number.isSafeInteger(id)) {
    throw new TypeError("A webview message without an id.");
  }
  if (fields["type"] === "cancel") {
    return { type: "cancel", id };
  }
  const method = fields["method"];
  if (fields["type"] !== "request" || !isMethod(method)) {
    throw new TypeError("A webview message of an unknown kind.");
  }
  const params = fields["params"] === undefined ? {} : object(fields["params"]);
  return { type: "request", id, request: decodeRequest(method, params) };
}

function decodeRequest<M extends HostMethod>(method: M, params: Fields): DecodedRequest<M> {
  return { method, params: decoders[method](params) };
}

function isMethod(value: unknown): value is HostMethod {
  return typeof value === "string" && Object.hasOwn(decoders, value);
}

function object(value: unknown): Fields {
  if (typeof value !== "object" || value === null) {
    throw new TypeError("A webview message that is not an object.");
  }
  return Object.fromEntries(Object.entries(value));
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== "string" || value.length > maxTextLength) {
    throw new TypeError(`A webview message with a bad ${name}.`);
  }
  return value;
}

function errorAction(fields: Fields): ErrorActionId {
  const value = text(fields, "action");
  const known = errorActionIds.find((id) => id === value);
  if (known === undefined) {
    throw new TypeError("A webview message with an unknown action.");
  }
  return known;
}
