import * as vscode from "vscode";
import { ParameterError } from "../../core/api/errors.ts";
import type { ResponseFormat } from "../../core/api/types.ts";
import { parseSchemaFile, workspacePathParts } from "./schemaFile.ts";
import { fileType } from "../fileType.ts";

/** Bytes that a schema file may have. */
const maxSchemaBytes = 1024 * 1024;

/**
 * The format that `valar.responseFormat` asks answers to have; undefined when it is empty. Reads the schema file
 * anew each time. Throws `ParameterError` when there is no usable one: an answer in another form than the one
 * asked for would cost all the same.
 */
export async function readResponseFormat(setting: string): Promise<ResponseFormat | undefined> {
  if (setting === "") return undefined;
  if (setting === "text" || setting === "json_object") return { type: setting };
  if (!vscode.workspace.isTrusted) {
    refuse(vscode.l10n.t("{0} is read only once you trust this workspace.", setting));
  }
  const file = await findFile(setting);
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > maxSchemaBytes) {
    refuse(vscode.l10n.t("{0} is larger than 1 MB.", setting));
  }
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const schema = parseSchemaFile(text, setting);
  if (schema.type === "bad") {
    refuse(
      schema.problem === "json"
        ? vscode.l10n.t("{0} is not valid JSON.", setting)
        : vscode.l10n.t("{0} is not a JSON Schema: it must hold an object.", setting),
    );
  }
  return schema.format;
}

/** The file in the first folder of the workspace that has it. No link is followed: it could lead out. */
async function findFile(path: string): Promise<vscode.Uri> {
  const parts = workspacePathParts(path);
  if (parts === undefined) {
    return refuse(vscode.l10n.t("{0} must be a path inside the workspace.", path));
  }
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    let uri = folder.uri;
    let type: vscode.FileType | undefined = vscode.FileType.Directory;
    for (const part of parts) {
      uri = vscode.Uri.joinPath(uri, part);
      type = await fileType(uri);
      if (type === undefined) break;
      if ((type & vscode.FileType.SymbolicLink) !== 0) {
        refuse(vscode.l10n.t("{0} is behind a link, which may lead out of the workspace.", path));
      }
    }
    if (type === vscode.FileType.File) return uri;
  }
  return refuse(vscode.l10n.t("{0} is not a file of this workspace.", path));
}

function refuse(what: string): never {
  throw new ParameterError(
    "response_format",
    `${vscode.l10n.t("Setting {0}:", "valar.responseFormat")} ${what}`,
  );
}
