import type { DraftVersion } from "../protocol/chat.ts";
import type { VsCodeApi } from "./vscodeApi.ts";

/** Most unfinished edits that are kept. */
const keptEdits = 20;

/** What survives a reload of the page without the host's help: what is written and not yet in the conversation. */
export class PageState {
  readonly #api: VsCodeApi;
  readonly #edits: Map<string, string>;
  /** Wordings of edits that were left, offered again when the edit is. */
  readonly #left: Map<string, string>;
  #draft: string;
  #version: DraftVersion;
  #sending: readonly string[];

  constructor(api: VsCodeApi) {
    this.#api = api;
    const saved = api.getState();
    this.#draft = stringOf(field(saved, "draft"));
    this.#version = versionOf(field(saved, "version"));
    const sending = field(saved, "sending");
    this.#sending = Array.isArray(sending) ? sending.map(stringOf) : [];
    this.#edits = textsOf(field(saved, "edits"));
    this.#left = textsOf(field(saved, "left"));
  }

  get draft(): string {
    return this.#draft;
  }

  /** Keeps what the host knows. */
  set draft(draft: string) {
    this.#draft = draft;
    this.#save();
  }

  /** Of the last change made here, in this page or the ones before it. */
  get version(): DraftVersion {
    return this.#version;
  }

  /** Keeps a change, as a new version. */
  editDraft(draft: string): void {
    this.#version = { ...this.#version, count: this.#version.count + 1 };
    this.draft = draft;
  }

  /** Makes the next version newer than one of this page that the host has. */
  follow(known: DraftVersion | undefined): void {
    if (known?.page === this.#version.page && known.count > this.#version.count) this.#version = known;
  }

  /** Messages on their way to the host, oldest first. */
  get sending(): readonly string[] {
    return this.#sending;
  }

  set sending(texts: readonly string[]) {
    this.#sending = texts;
    this.#save();
  }

  /** The unfinished edit of a message. */
  edit(messageId: string): string | undefined {
    return this.#edits.get(messageId);
  }

  /** `undefined` ends the edit. */
  setEdit(messageId: string, text: string | undefined): void {
    keep(this.#edits, messageId, text);
    this.#save();
  }

  /** The wording of an edit of a message that was left without being sent. */
  leftEdit(messageId: string): string | undefined {
    return this.#left.get(messageId);
  }

  /** Ends the edit, but keeps its wording. */
  leaveEdit(messageId: string): void {
    keep(this.#left, messageId, this.#edits.get(messageId) ?? this.#left.get(messageId));
    this.setEdit(messageId, undefined);
  }

  /** Ends the edit and forgets its wording. */
  forgetEdit(messageId: string): void {
    this.#left.delete(messageId);
    this.setEdit(messageId, undefined);
  }

  #save(): void {
    const edits = this.#edits.size > 0 ? { edits: Object.fromEntries(this.#edits) } : {};
    const left = this.#left.size > 0 ? { left: Object.fromEntries(this.#left) } : {};
    const sending = this.#sending.length > 0 ? { sending: this.#sending } : {};
    const version = this.#version;
    this.#api.setState({ draft: this.#draft, version, ...sending, ...edits, ...left });
  }
}

function keep(texts: Map<string, string>, messageId: string, text: string | undefined): void {
  texts.delete(messageId);
  if (text !== undefined) texts.set(messageId, text);
  for (const oldest of texts.keys()) {
    if (texts.size <= keptEdits) break;
    texts.delete(oldest);
  }
}

function textsOf(saved: unknown): Map<string, string> {
  const entries = typeof saved === "object" && saved !== null ? Object.entries(saved) : [];
  return new Map(entries.map(([id, text]) => [id, stringOf(text)]));
}

function versionOf(saved: unknown): DraftVersion {
  const page = stringOf(field(saved, "page"));
  const count = field(saved, "count");
  return { page: page || crypto.randomUUID(), count: typeof count === "number" ? count : 0 };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
