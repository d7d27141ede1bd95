import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { RealVscode } from "./support/launch.ts";
import { useStage } from "./support/stage.ts";

const content = "export function twice(value) {\n  var result = value * 2;\n  return result;\n}\n";

describe("a window with two folders", () => {
  const filesIn = ({ dataFolder }: RealVscode) =>
    ["shop", "tools"].map((name) => path.join(dataFolder, "roots", name, "twice.js"));
  const stage = useStage({
    settings: { "valar.reasoningEffort": "none" },
    window: async (vscode) => {
      const files = filesIn(vscode);
      for (const file of files) {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
      }
      const folders = files.map((file) => ({ path: path.dirname(file) }));
      const open = path.join(vscode.dataFolder, "roots", "both.code-workspace");
      await writeFile(open, JSON.stringify({ folders }));
      return { open };
    },
  });

  it("edits the file of the folder that is meant, though both have one of that name", async () => {
    const { window } = stage;
    const [first = "", second = ""] = filesIn(stage.vscode);
    await window.openFile(first);
    await window.select(second, [0, 0], [3, 1]);
    await window.execute("valar.refactor");
    await window.statusBarItem("1 edit to review").waitFor();
    assert.match(stage.simulator.requests.at(-1)?.bodyText ?? "", /tools\/twice\.js/);
    await window.execute("valar.acceptEdit");
    await window.editorTextWhen(second, (text) => text.includes("const result"));
    assert.equal(await window.editorText(first), content);
    assert.equal(await readFile(second, "utf8"), content, "nothing is saved for the person");
  });
});
