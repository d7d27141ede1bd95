import * as vscode from "vscode";
import type { ProjectFacts } from "../../core/edit/testFramework.ts";

const manifestNames = [
  ...["pyproject.toml", "setup.cfg", "requirements.txt", "requirements-dev.txt"],
  ...["Gemfile", "pom.xml", "build.gradle", "build.gradle.kts"],
];
const scriptEnding = /\.[cm]?[jt]sx?$/;
const maxFiles = 5000;

/** Paths of the project's files in the document's language, relative to `root`. None in Restricted Mode. */
export async function sourceFiles(root: vscode.Uri, document: vscode.TextDocument): Promise<string[]> {
  if (!vscode.workspace.isTrusted) return [];
  const { path } = document.uri;
  const own = path.slice(path.lastIndexOf("."));
  const endings = scriptEnding.test(path) ? "{ts,tsx,mts,cts,js,jsx,mjs,cjs}" : own.slice(1);
  const files = await vscode.workspace.findFiles(
    new vscode.RelativePattern(root, `**/*.${endings}`),
    "**/{node_modules,dist,out,build,target,vendor,.venv,venv}/**",
    maxFiles,
  );
  return files.map((uri) => uri.path.slice(root.path.length + 1)).sort();
}

/** What the project says of itself, above the file at `path`. Nothing in Restricted Mode. */
export async function testFacts(root: vscode.Uri, path: string): Promise<ProjectFacts> {
  if (!vscode.workspace.isTrusted) return { manifests: [] };
  const folders = path.split("/").slice(0, -1);
  const above = folders.map((_, at) => folders.slice(0, folders.length - at)).concat([[]]);
  const packages: string[] = [];
  for (const folder of above) {
    const text = await readIfThere(vscode.Uri.joinPath(root, ...folder, "package.json"));
    if (text !== undefined) packages.push(text);
  }
  const manifests: string[] = [];
  for (const name of manifestNames) {
    const text = await readIfThere(vscode.Uri.joinPath(root, name));
    if (text !== undefined) manifests.push(text);
  }
  return { packageJson: packages.join("\n"), manifests };
}

/** Whether there is a file or anything else of this name. */
export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}

/** The text of a file; undefined when there is none. */
export async function readIfThere(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
