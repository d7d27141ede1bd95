import type { VsCodeApi } from "./vscodeApi.ts";

/** Most unfinished edits that are kept. */
const keptEdits = 20;

/** What survives a reload of the page without the host's help: what is written and not yet in the conversation. */
export class PageState {
  readonly #api: VsCodeApi;
  readonly #edits: Map<string, string>;
  #draft: string;
  #sending: readonly string[];

  constructor(api: VsCodeApi) {
    this.#api = api;
    const saved = api.getState();
    this.#draft = stringOf(field(saved, "draft"));
    const sending = field(saved, "sending");
    this.#sending = Array.isArray(sending) ? sending.map(stringOf) : [];
    const edits = field(saved, "edits");
    const entries = typeof edits === "object" && edits !== null ? Object.entries(edits) : [];
    this.#edits = new Map(entries.map(([id, text]) => [id, stringOf(text)]));
  }

  get draft(): string {
    return this.#draft;
  }

  set draft(draft: string) {
    this.#draft = draft;
    this.#save();
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
    this.#edits.delete(messageId);
    if (text !== undefined) this.#edits.set(messageId, text);
    for (const oldest of this.#edits.keys()) {
      if (this.#edits.size <= keptEdits) break;
      this.#edits.delete(oldest);
    }
    this.#save();
  }

  #save(): void {
    const edits = this.#edits.size > 0 ? { edits: Object.fromEntries(this.#edits) } : {};
    const sending = this.#sending.length > 0 ? { sending: this.#sending } : {};
    this.#api.setState({ draft: this.#draft, ...sending, ...edits });
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
