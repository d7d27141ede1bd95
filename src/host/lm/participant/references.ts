import * as vscode from "vscode";
import type { ContextItem } from "../../../core/chat/conversation.ts";
import { throwIfAborted } from "../../../core/util/abort.ts";
import { UserError } from "../../userError.ts";
import { toBase64 } from "../base64.ts";

/** Reads what is attached in the panel's own way: undefined when the person was asked and said no. */
export interface ReferenceSource {
  /** A file or a folder. Throws `UserError`. */
  file(uri: vscode.Uri, signal: AbortSignal): Promise<ContextItem | undefined>;
  /** Throws `UserError`. */
  range(uri: vscode.Uri, range: vscode.Range, signal: AbortSignal): Promise<ContextItem | undefined>;
  text(name: string, text: string, signal: AbortSignal): Promise<ContextItem | undefined>;
  /** `data` is base64. Throws `UserError`. */
  image(name: string, mediaType: string, data: string): ContextItem;
}

export interface ReadReferences {
  readonly items: readonly ContextItem[];
  /** What is not sent, and why: a sentence each. */
  readonly notes: readonly string[];
}

/**
 * What VS Code adds for its own agent: a list of the tools' skills, and the workspace's rules, which Valar reads itself
 * as its settings say.
 */
const forItsOwnAgent = /^vscode\.(?:customizations|instructions)\./;

/** What was attached in VS Code's chat, as context. One that cannot be read does not keep the others out. */
export async function readReferences(
  references: readonly vscode.ChatPromptReference[],
  source: ReferenceSource,
  signal: AbortSignal,
): Promise<ReadReferences> {
  const items: ContextItem[] = [];
  const notes: string[] = [];
  const seen = new Set<string>();
  const attached = references.filter(({ id }) => !forItsOwnAgent.test(id));
  // They come in the reverse order of the text.
  for (const reference of attached.toReversed()) {
    throwIfAborted(signal);
    const name = nameOf(reference);
    try {
      const item = await readReference(reference, name, source, signal);
      if (item === "unknown") notes.push(vscode.l10n.t("{0} cannot be sent to Valar.", name));
      else if (item === undefined) notes.push(vscode.l10n.t("{0} was left out.", name));
      else if (!seen.has(placeOf(item))) items.push(item);
      if (typeof item === "object") seen.add(placeOf(item));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      notes.push(`${error.message} ${error.hint}`.trim());
    }
  }
  return { items, notes };
}

async function readReference(
  { value }: vscode.ChatPromptReference,
  name: string,
  source: ReferenceSource,
  signal: AbortSignal,
): Promise<ContextItem | undefined | "unknown"> {
  if (typeof value === "string") return source.text(name, value, signal);
  if (value instanceof vscode.Uri) return source.file(value, signal);
  if (value instanceof vscode.Location) return source.range(value.uri, value.range, signal);
  if (isBinary(value)) return source.image(name, value.mimeType, toBase64(await value.data()));
  return "unknown";
}

/** Images come as a class that the oldest supported version of VS Code does not have. */
interface BinaryReference {
  readonly mimeType: string;
  data(): PromiseLike<Uint8Array>;
}

function isBinary(value: unknown): value is BinaryReference {
  return (
    typeof value === "object" &&
    value !== null &&
    "mimeType" in value &&
    typeof value.mimeType === "string" &&
    "data" in value &&
    typeof value.data === "function"
  );
}

function nameOf({ value, modelDescription, id }: vscode.ChatPromptReference): string {
  if (value instanceof vscode.Uri) return vscode.workspace.asRelativePath(value);
  if (value instanceof vscode.Location) return vscode.workspace.asRelativePath(value.uri);
  return modelDescription ?? id;
}

/** The same for what was attached twice, e.g. by hand and by VS Code itself. */
function placeOf(item: ContextItem): string {
  return item.kind === "image"
    ? item.id
    : JSON.stringify([item.uri ?? item.id, item.startLine, item.endLine]);
}
