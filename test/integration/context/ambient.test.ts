import assert from "node:assert/strict";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { createSystemClock } from "../../../src/core/util/clock.ts";
import { AmbientContext } from "../../../src/host/context/ambientContext.ts";
import { Consent } from "../../../src/host/context/consent.ts";
import type { AmbientView } from "../../../src/protocol/chat.ts";
import { never, TestedContext } from "./service.ts";

describe("context that comes along by itself", () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const root = folder.uri.fsPath;
  const cart = vscode.Uri.joinPath(folder.uri, "src/cart.ts");
  const secret = path.join(root, "ambient.env");
  let context: TestedContext;

  /** Waits until what is shown is so. */
  async function shown(isSo: (views: readonly AmbientView[]) => boolean): Promise<readonly AmbientView[]> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        const listener = context.source.onDidChange(() => {
          listener.dispose();
          resolve();
        });
      });
      const views = context.source.ambient();
      if (isSo(views)) return views;
      await changed;
    }
  }

  beforeEach(async () => {
    context = new TestedContext();
    await writeFile(secret, "TOKEN=x\n");
  });
  afterEach(async () => {
    context.dispose();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(path.join(root, "AGENTS.md"), { force: true });
    await rm(path.join(root, ".github"), { recursive: true, force: true });
    await rm(secret, { force: true });
  });

  it("is the active file, and its selection as soon as there is one", async () => {
    const editor = await vscode.window.showTextDocument(cart, { selection: new vscode.Range(0, 0, 0, 0) });
    const [file] = await shown(([view]) => view?.label === "cart.ts");
    assert.deepEqual([file?.kind, file?.isOn, file?.detail], ["file", true, "src/cart.ts"]);
    editor.selection = new vscode.Selection(1, 0, 3, 1);
    const [selection] = await shown(([view]) => view?.label === "cart.ts:2-4");
    assert.deepEqual([selection?.kind, selection?.isOn, selection?.id], ["selection", true, file?.id]);
    const [item] = await context.source.collectAmbient(never);
    assert.ok(item?.kind === "selection");
    assert.deepEqual([item.startLine, item.endLine], [2, 4]);
    editor.selection = new vscode.Selection(1, 0, 1, 5);
    const [line] = await shown(([view]) => view?.label === "cart.ts:2");
    assert.equal(line?.detail, "src/cart.ts:2");
  });

  it("is shown before git was heard, but never goes along before that", async () => {
    const editor = await vscode.window.showTextDocument(cart, { selection: new vscode.Range(0, 0, 0, 0) });
    const asked = new EventTarget();
    let ignore: () => void = () => undefined;
    const isIgnored = (): Promise<boolean> => {
      const answer = new Promise<boolean>((resolve) => (ignore = () => resolve(true)));
      asked.dispatchEvent(new Event("asked"));
      return answer;
    };
    const ambient = new AmbientContext({
      settings: () => context.settings,
      editor: { current: editor },
      git: { isIgnored },
      consent: new Consent(() => assert.fail("nothing is to be asked")),
      clock: createSystemClock(),
      isTrusted: () => true,
      log: { error: (message) => assert.fail(message) },
      warn: (message) => assert.fail(message),
    });
    const changed = (): Promise<void> =>
      new Promise((resolve) => {
        const listener = ambient.onDidChange(() => {
          listener.dispose();
          resolve();
        });
      });
    const early = changed();
    const heard = new Promise((resolve) => asked.addEventListener("asked", resolve, { once: true }));
    ambient.views();
    await Promise.all([early, heard]);
    assert.deepEqual(
      ambient.views().map(({ label, isOn }) => [label, isOn]),
      [["cart.ts", true]],
    );
    const late = changed();
    ignore();
    await late;
    assert.equal(ambient.views()[0]?.isOn, false);
    asked.addEventListener("asked", () => queueMicrotask(ignore), { once: true });
    const collected = ambient.collect(never);
    assert.deepEqual(await collected, []);
    ambient.dispose();
  });

  it("stays off once it is switched off", async () => {
    await vscode.window.showTextDocument(cart);
    const [file] = await shown(([view]) => view?.isOn === true);
    assert.ok(file);
    context.source.setAmbient(file.id, false);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, "src/orders.ts"));
    const [next] = await shown(([view]) => view?.label === "orders.ts");
    assert.equal(next?.isOn, false);
    assert.deepEqual(await context.source.collectAmbient(never), []);
  });

  it("is what the setting says", async () => {
    await vscode.window.showTextDocument(cart, { selection: new vscode.Range(0, 0, 0, 0) });
    context.settings = { ...context.settings, activeEditor: "off" };
    assert.deepEqual(await context.source.collectAmbient(never), []);
    context.settings = { ...context.settings, activeEditor: "selection" };
    assert.deepEqual(await context.source.collectAmbient(never), []);
    const [view] = await shown(([first]) => first !== undefined);
    assert.equal(view?.isOn, false);
  });

  it("never is a file that looks secret before the person switches it on and says yes", async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(secret));
    const [view] = await shown(([first]) => first?.label === "ambient.env");
    assert.equal(view?.isOn, false);
    assert.match(view.detail, /its name suggests secrets/);
    assert.deepEqual(await context.source.collectAmbient(never), []);
    assert.deepEqual(context.questions, []);
    context.source.setAmbient(view.id, true);
    assert.deepEqual(await context.source.collectAmbient(never), []);
    assert.equal(context.questions.length, 1);
    context.answer = true;
    assert.equal((await context.source.collectAmbient(never)).length, 1);
  });

  it("is the rules of a trusted workspace, unless they are switched off or behind a link", async () => {
    context.source.ambient();
    await mkdir(path.join(root, ".github"));
    await writeFile(path.join(root, "AGENTS.md"), "Use tabs.\n");
    await symlink(path.join(root, "README.md"), path.join(root, ".github/copilot-instructions.md"));
    const views = await shown((all) => all.filter(({ kind }) => kind === "rules").length === 2);
    assert.deepEqual(
      views.map(({ label, isOn }) => [label, isOn]),
      [
        ["AGENTS.md", true],
        ["copilot-instructions.md", false],
      ],
    );
    const items = await context.source.collectAmbient(never);
    assert.deepEqual(
      items.map((item) => [item.kind, item.kind !== "image" && item.text]),
      [["rules", "Use tabs.\n"]],
    );
    context.settings = { ...context.settings, rules: false };
    assert.deepEqual(await context.source.collectAmbient(never), []);
  });

  it("goes along without what cannot be read, rules alone where only they are wanted", async () => {
    await writeFile(path.join(root, "AGENTS.md"), Buffer.from([0, 1, 2, 0, 255, 0, 7]));
    await mkdir(path.join(root, ".github"));
    await writeFile(path.join(root, ".github/copilot-instructions.md"), "Use tabs.\n");
    const editor = await vscode.window.showTextDocument(cart, { selection: new vscode.Range(0, 0, 0, 0) });
    const warnings: string[] = [];
    const errors: string[] = [];
    const ambient = new AmbientContext({
      settings: () => context.settings,
      editor: { current: editor },
      git: { isIgnored: () => Promise.resolve(false) },
      consent: new Consent(() => assert.fail("nothing is to be asked")),
      clock: createSystemClock(),
      isTrusted: () => true,
      log: { error: (message) => errors.push(message) },
      warn: (text) => warnings.push(text),
    });
    const all = await ambient.collect(never);
    assert.deepEqual(
      all.map(({ kind }) => kind),
      ["file", "rules"],
    );
    const rules = await ambient.collectRules(never);
    assert.deepEqual(
      rules.map(({ kind }) => kind),
      ["rules"],
    );
    assert.deepEqual(warnings, ["AGENTS.md is not a text file. The message is sent without it."]);
    assert.equal(errors.length, 2);
    ambient.dispose();
  });

  it("is nothing in a workspace that is not trusted", async () => {
    await writeFile(path.join(root, "AGENTS.md"), "Use tabs.\n");
    await vscode.window.showTextDocument(cart);
    assert.equal((await context.source.collectAmbient(never)).length, 2);
    context.isTrusted = false;
    assert.deepEqual(await context.source.collectAmbient(never), []);
  });

  it("is of a long file what is in view, and says so", async () => {
    const document = await vscode.workspace.openTextDocument({ content: "0123456789\n".repeat(5000) });
    const editor = await vscode.window.showTextDocument(document);
    editor.revealRange(new vscode.Range(3000, 0, 3000, 0), vscode.TextEditorRevealType.AtTop);
    await shown(([view]) => view !== undefined);
    const [item] = await context.source.collectAmbient(never);
    assert.ok(item?.kind === "file");
    assert.ok(item.text.length < 24 * 1024);
    assert.match(item.cut ?? "", /^lines in view, [\d,]+–[\d,]+ of 5,001$/);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });
});
