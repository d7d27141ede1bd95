import * as vscode from "vscode";
import { ParameterError } from "../../core/api/errors.ts";
import type { ResponseFormat } from "../../core/api/types.ts";
import { parseSchemaFile, workspacePathParts } from "./schemaFile.ts";
import type { SchemaMistake } from "./schemaMistake.ts";
import { fileType } from "../fileType.ts";
import { errorText, translated } from "../translated.ts";

type SchemaFiles = Pick<vscode.FileSystem, "stat" | "readFile">;

/** Bytes that a schema file may have. */
const maxSchemaBytes = 1024 * 1024;

/**
 * The format that `valar.responseFormat` asks answers to have; undefined when it is empty. Reads the schema file
 * anew each time. Throws `ParameterError` when there is no usable one: an answer in another form than the one
 * asked for would cost all the same.
 */
export async function readResponseFormat(
  setting: string,
  files: SchemaFiles = vscode.workspace.fs,
): Promise<ResponseFormat | undefined> {
  if (setting === "") return undefined;
  if (setting === "text" || setting === "json_object") return { type: setting };
  if (!vscode.workspace.isTrusted) {
    refuse(vscode.l10n.t("{0} is read only once you trust this workspace.", setting));
  }
  const text = await readText(await findFile(setting), setting, files);
  const schema = parseSchemaFile(text, setting);
  if (schema.type === "bad") refuse(problemText(setting, schema.problem));
  return schema.format;
}

async function readText(file: vscode.Uri, setting: string, files: SchemaFiles): Promise<string> {
  try {
    const { size } = await files.stat(file);
    if (size > maxSchemaBytes) {
      refuse(vscode.l10n.t("{0} is larger than 1 MB.", setting));
    }
    return new TextDecoder().decode(await files.readFile(file));
  } catch (error) {
    if (error instanceof ParameterError) throw error;
    return refuse(vscode.l10n.t("{0} could not be read: {1}", setting, errorText(error)));
  }
}

function problemText(setting: string, problem: "json" | "object" | SchemaMistake): string {
  switch (problem) {
    case "json":
      return vscode.l10n.t("{0} is not valid JSON.", setting);
    case "object":
      return vscode.l10n.t("{0} is not a JSON Schema: it must hold an object.", setting);
    default: {
      const { path, allowed } = problem;
      return vscode.l10n.t("{0} is not a JSON Schema: {1} must be {2}.", setting, path, translated(allowed));
    }
  }
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
