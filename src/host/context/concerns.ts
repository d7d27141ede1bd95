import type * as vscode from "vscode";
import { isSecretPath, secretSign } from "../../core/context/secrets.ts";
import type { Git } from "../git.ts";
import type { Concern } from "./consent.ts";
import { fileOf, placeConcern } from "./places.ts";

/** What speaks against sending a file unasked, going by where it is and how it is called. */
export async function pathConcerns(
  uri: vscode.Uri,
  git: Pick<Git, "isIgnored">,
  signal: AbortSignal,
): Promise<readonly Concern[]> {
  const file = fileOf(uri);
  const place = await placeConcern(file);
  // Git cannot say anything of what is behind a link or not its own.
  const isIgnored = place === undefined && (await git.isIgnored(file, signal));
  return [
    ...(place === undefined ? [] : [place]),
    ...(isIgnored ? (["ignored"] as const) : []),
    ...(isSecretPath(file.path) ? (["secretName"] as const) : []),
  ];
}

export function textConcerns(text: string): readonly Concern[] {
  const sign = secretSign(text);
  return sign === undefined ? [] : [sign];
}
