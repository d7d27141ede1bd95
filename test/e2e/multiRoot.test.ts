import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { useStage } from "./support/stage.ts";

const content = "export function twice(value) {\n  var result = value * 2;\n  return result;\n}\n";

describe("a window with two folders", () => {
  const stage = useStage({ settings: { "valar.reasoningEffort": "none" } });

  it("edits the file of the folder that is meant, though both have one of that name", async () => {
    const { vscode } = stage;
    const folders = ["shop", "tools"].map((name) => path.join(vscode.dataFolder, "roots", name));
    for (const folder of folders) {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "twice.js"), content);
    }
    const [first = "", second = ""] = folders.map((folder) => path.join(folder, "twice.js"));
    const workspace = path.join(vscode.dataFolder, "roots", "both.code-workspace");
    await writeFile(workspace, JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }));
    const window = await vscode.openWindow({ open: workspace });
    await window.openFile(first);
    await window.select(second, [0, 0], [3, 1]);
    await window.execute("valar.refactor");
    await window.statusBarItem("1 edit to review").waitFor();
    assert.match(stage.simulator.requests.at(-1)?.bodyText ?? "", /tools\/twice\.js/);
    await window.execute("valar.acceptEdit");
    await window.editorTextWhen(second, (text) => text.includes("const result"));
    assert.equal(await window.editorText(first), content);
    assert.equal(await readFile(second, "utf8"), content, "nothing is saved for the person");
    await window.close();
  });
});
