import { isRecord } from "../../core/util/record.ts";
import { completionWindows, reasoningEfforts } from "../../core/api/parameterValues.ts";
import {
  errorActionIds,
  resendIds,
  fitIds,
  type ContextPlace,
  type DraftVersion,
  type FitId,
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
/** Base64 of the largest image that the API takes, with room for the reason to be told when it is larger. */
const maxImageLength = 64_000_000;
const maxUris = 1000;

type Fields = Readonly<Record<string, unknown>>;
type Decoders = { readonly [M in HostMethod]: (params: Fields) => HostRequests[M][0] };

const decoders: Decoders = {
  ready: () => undefined,
  send: (params) => ({ clientId: text(params, "clientId"), text: text(params, "text"), ...fit(params) }),
  editMessage: (params) => ({
    clientId: text(params, "clientId"),
    messageId: text(params, "messageId"),
    text: text(params, "text"),
    ...fit(params),
  }),
  focused: () => undefined,
  stop: () => undefined,
  newChat: () => undefined,
  regenerate: (params) => ({ messageId: text(params, "messageId"), ...optionalText(params, "model") }),
  switchBranch: (params) => ({ messageId: text(params, "messageId"), index: count(params, "index") }),
  deleteMessage: (params) => ({ messageId: text(params, "messageId") }),
  undoDelete: (params) => ({ undoId: text(params, "undoId") }),
  showRequest: (params) => ({ messageId: text(params, "messageId") }),
  removeQueued: (params) => ({ id: text(params, "id") }),
  resumeQueue: () => undefined,
  saveDraft: (params) => ({
    text: text(params, "text"),
    version: draftVersion(object(params["version"])),
    sending: list(params, "sending").map((message) => ({
      clientId: text(message, "clientId"),
      text: text(message, "text"),
    })),
  }),
  searchContext: (params) => ({ query: text(params, "query") }),
  attach: (params) => ({ suggestionId: text(params, "suggestionId") }),
  attachUris: (params) => ({ uris: texts(params, "uris") }),
  attachFiles: () => undefined,
  attachImage: (params) => ({
    name: text(params, "name"),
    mediaType: text(params, "mediaType"),
    data: text(params, "data", maxImageLength),
  }),
  attachText: (params) => ({ name: text(params, "name"), text: text(params, "text") }),
  removeContext: (params) => ({ id: text(params, "id") }),
  setAmbient: (params) => ({ id: text(params, "id"), isOn: params["isOn"] === true }),
  openContext: contextPlace,
  contextImage: contextPlace,
  listModels: () => undefined,
  chooseModel: (params) => ({ id: text(params, "id") }),
  chooseEffort: (params) => ({
    effort: params["effort"] === undefined ? undefined : oneOf(params, "effort", reasoningEfforts),
  }),
  chooseWindow: (params) => ({ window: oneOf(params, "window", completionWindows) }),
  applyToFile: (params) => ({
    text: text(params, "text"),
    language: text(params, "language"),
    ...optionalText(params, "path"),
  }),
  newFile: (params) => ({ text: text(params, "text"), language: text(params, "language") }),
  openPath: (params) => ({
    path: text(params, "path"),
    ...(params["line"] === undefined ? {} : { line: count(params, "line") }),
  }),
  showHistory: () => undefined,
  errorAction: (params) => ({
    messageId: text(params, "messageId"),
    action: oneOf(params, "action", errorActionIds),
  }),
  clearWay: (params) => ({ action: oneOf(params, "action", resendIds) }),
  setToken: () => undefined,
  getKey: () => undefined,
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

/** Whose request it is, however wrong the rest; undefined when it is none. */
export function requestId(message: unknown): number | undefined {
  const id = isRecord(message) && message["type"] === "request" ? message["id"] : undefined;
  return typeof id === "number" && Number.isSafeInteger(id) ? id : undefined;
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

function list(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  if (!Array.isArray(value) || !value.every(isRecord)) {
    throw new TypeError(`A webview message with a bad ${name}.`);
  }
  return value;
}

function text(fields: Fields, name: string, maxLength = maxTextLength): string {
  const value = fields[name];
  if (typeof value !== "string" || value.length > maxLength) {
    throw new TypeError(`A webview message with a bad ${name}.`);
  }
  return value;
}

function optionalText<K extends string>(fields: Fields, name: K): Partial<Record<K, string>> {
  const field: Partial<Record<K, string>> = {};
  if (fields[name] !== undefined) {
    field[name] = text(fields, name);
  }
  return field;
}

function texts(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (!Array.isArray(value) || value.length > maxUris) {
    throw new TypeError(`A webview message with a bad ${name}.`);
  }
  return value.map((entry: unknown) => text({ entry }, "entry"));
}

/** A whole number, 0 or more. */
function count(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError(`A webview message with a bad ${name}.`);
  }
  return value;
}

function oneOf<T extends string>(fields: Fields, name: string, known: readonly T[]): T {
  const value = known.find((candidate) => candidate === fields[name]);
  if (value === undefined) {
    throw new TypeError(`A webview message with an unknown ${name}.`);
  }
  return value;
}

function contextPlace(fields: Fields): ContextPlace {
  return { id: text(fields, "id"), ...optionalText(fields, "messageId") };
}

function draftVersion(fields: Fields): DraftVersion {
  return { page: text(fields, "page"), count: count(fields, "count") };
}

function fit(fields: Fields): { fit?: FitId } {
  return fields["fit"] === undefined ? {} : { fit: oneOf(fields, "fit", fitIds) };
}
