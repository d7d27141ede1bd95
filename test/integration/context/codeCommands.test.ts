import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { ContextItem } from "../../../src/core/chat/conversation.ts";
import { CodeCommands } from "../../../src/host/commands/codeCommands.ts";
import { never, TestedContext } from "./service.ts";

describe("“Explain Selection” and “Add Selection to Chat”", () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const secret = vscode.Uri.joinPath(folder.uri, "commands.env");
  let context: TestedContext;
  let given: ContextItem[];
  let commands: CodeCommands;

  beforeEach(async () => {
    context = new TestedContext();
    given = [];
    commands = new CodeCommands({
      context: ({ uri }, range) => context.service.range(uri, range, never),
      send: (_text, items) => {
        given.push(...items);
        return Promise.resolve({ type: "accepted" });
      },
      addContext: (item) => {
        given.push(item);
        return Promise.resolve();
      },
      offerDraft: () => Promise.resolve(),
      focusChat: () => Promise.resolve(),
      findProblem: () => Promise.resolve(undefined),
      enclosing: () => Promise.resolve(undefined),
    });
    await writeFile(secret.fsPath, "TOKEN=x\nNAME=y\n");
    await vscode.window.showTextDocument(secret, { selection: new vscode.Range(0, 0, 1, 3) });
  });
  afterEach(async () => {
    context.dispose();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(secret.fsPath, { force: true });
  });

  it("ask before they send what looks like a secret, and send nothing when told no", async () => {
    await commands.explain();
    await commands.addToChat();
    assert.equal(context.questions.length, 2);
    assert.match(context.questions[0]?.detail ?? "", /usually hold secrets/);
    assert.equal(given.length, 0);
    context.answer = true;
    await commands.explain();
    assert.deepEqual(
      given.map((item) => item.kind !== "image" && item.startLine),
      [1],
    );
  });

  it("cut what is longer than one piece of context may be", async () => {
    context.answer = true;
    context.settings = { ...context.settings, maxFileKilobytes: 0.01 };
    await commands.addToChat();
    const [item] = given;
    assert.ok(item?.kind === "selection" && item.cut !== undefined);
  });
});
