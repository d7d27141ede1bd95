import * as vscode from "vscode";
import { assertNever } from "../../core/util/assertNever.ts";

/** What a suggestion stands for. */
export type Wanted =
  | { readonly type: FixedWanted }
  | { readonly type: "file" | "folder"; readonly uri: vscode.Uri }
  /** `line` is from 0 and where the symbol was when it was found. */
  | { readonly type: "symbol"; readonly uri: vscode.Uri; readonly line: number; readonly name: string };

const fixed = ["selection", "currentFile", "problems", "changes", "terminal"] as const;
export type FixedWanted = (typeof fixed)[number];

/** Stable: the same thing has the same id in every search. */
export function suggestionId(wanted: Wanted): string {
  switch (wanted.type) {
    case "selection":
    case "currentFile":
    case "problems":
    case "changes":
    case "terminal":
      return wanted.type;
    case "file":
    case "folder":
      return `${wanted.type}:${wanted.uri.toString()}`;
    case "symbol":
      return `symbol:${wanted.line}:${encodeURIComponent(wanted.name)}:${wanted.uri.toString()}`;
    default:
      return assertNever(wanted);
  }
}

/** Undefined for what no search gave. */
export function parseSuggestionId(id: string): Wanted | undefined {
  const fixedType = fixed.find((type) => type === id);
  if (fixedType !== undefined) return { type: fixedType };
  const [, place, uri] = /^(file|folder):(.+)$/s.exec(id) ?? [];
  if ((place === "file" || place === "folder") && uri !== undefined) {
    return { type: place, uri: vscode.Uri.parse(uri) };
  }
  const [, line, name, where] = /^symbol:(\d{1,9}):([^:]*):(.+)$/s.exec(id) ?? [];
  return line === undefined || name === undefined || where === undefined
    ? undefined
    : { type: "symbol", uri: vscode.Uri.parse(where), line: Number(line), name: decodeURIComponent(name) };
}
