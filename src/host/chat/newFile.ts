import * as vscode from "vscode";

/** The labels that models give code, where VS Code's own id is another. */
const languageIds: Readonly<Record<string, string>> = {
  "c#": "csharp",
  "c++": "cpp",
  bash: "shellscript",
  cs: "csharp",
  js: "javascript",
  jsx: "javascriptreact",
  md: "markdown",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "shellscript",
  shell: "shellscript",
  ts: "typescript",
  tsx: "typescriptreact",
  yml: "yaml",
  zsh: "shellscript",
};

/** Opens code as a new file that is not yet saved. */
export async function newFile(content: string, label: string): Promise<void> {
  const name = label.toLowerCase();
  const id = languageIds[name] ?? name;
  const isKnown = (await vscode.languages.getLanguages()).includes(id);
  const document = await vscode.workspace.openTextDocument({ content, ...(isKnown ? { language: id } : {}) });
  await vscode.window.showTextDocument(document);
}
