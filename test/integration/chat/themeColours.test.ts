import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { CodeColours } from "../../../src/core/theme/codeColours.ts";
import { ThemeColours } from "../../../src/host/chat/themeColours.ts";
import { until } from "../until.ts";

describe("the active theme's colours for code", () => {
  const logged: string[] = [];
  let colours: ThemeColours;
  const set = (name: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  const before = vscode.workspace.getConfiguration().inspect("workbench.colorTheme")?.globalValue;
  beforeEach(() => {
    logged.length = 0;
    colours = new ThemeColours({ debug: (line) => logged.push(line) });
  });
  afterEach(async () => {
    colours.dispose();
    await set("workbench.colorTheme", before);
    await set("editor.tokenColorCustomizations", undefined);
  });

  it("are read from its files, and again when the theme or the person's own colours change", async () => {
    let shown: CodeColours = {};
    const following = colours.follow((found) => (shown = found));
    following.show();
    await set("workbench.colorTheme", "Light Modern");
    await until(() => shown.comment === "#008000");
    await set("workbench.colorTheme", "Dark Modern");
    await until(() => shown.comment === "#6A9955");
    assert.deepEqual(shown, {
      comment: "#6A9955",
      keyword: "#569cd6",
      string: "#ce9178",
      number: "#b5cea8",
      atom: "#569cd6",
      type: "#4EC9B0",
      function: "#DCDCAA",
      property: "#9CDCFE",
      meta: "#569cd6",
      inserted: "#b5cea8",
      deleted: "#ce9178",
      heading: "#569cd6",
    });
    await set("editor.tokenColorCustomizations", {
      textMateRules: [{ scope: "comment", settings: { foreground: "#abcdef" } }],
    });
    await until(() => shown.comment === "#abcdef");
    following.dispose();
  });

  it("are none, with a line in the log, when the theme cannot be found", async () => {
    await set("workbench.colorTheme", "No Such Theme");
    await until(async () => Object.keys(await colours.read()).length === 0);
    assert.match(logged.at(-1) ?? "", /could not be read: Error: no theme of that name/);
  });
});
