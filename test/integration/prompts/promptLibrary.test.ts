import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ContextItem } from "../../../src/core/chat/conversation.ts";
import type { PromptProblem } from "../../../src/core/chat/ownPrompts.ts";
import { builtInPrompts } from "../../../src/core/chat/slashCommands.ts";
import { PromptLibrary } from "../../../src/host/prompts/promptLibrary.ts";
import { WorkspacePrompts } from "../../../src/host/prompts/workspacePrompts.ts";
import { Settings } from "../../../src/host/settings.ts";
import { UserError } from "../../../src/host/userError.ts";

const changes: ContextItem = {
  kind: "changes",
  id: "c",
  path: "Git Changes",
  languageId: "diff",
  text: "+a",
};

describe("the slash commands", () => {
  const signal = new AbortController().signal;
  let settings: Settings;
  let workspace: WorkspacePrompts;
  let library: PromptLibrary;
  let problems: PromptProblem[];
  let gitChanges: ContextItem | undefined;

  const folder = () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    return vscode.Uri.joinPath(first?.uri ?? assert.fail("no folder is open"), ".valar");
  };
  const write = (name: string, text: string) =>
    vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder(), "prompts", name),
      new TextEncoder().encode(text),
    );
  const own = () => library.list().filter(({ isOwn }) => isOwn);
  const setPrompts = (value: unknown) =>
    vscode.workspace.getConfiguration().update("valar.prompts", value, vscode.ConfigurationTarget.Global);

  /** Waits until the list's own commands are these names. */
  async function listed(...names: readonly string[]): Promise<void> {
    const isThere = () => JSON.stringify(own().map(({ name }) => name)) === JSON.stringify(names);
    await new Promise<void>((resolve) => {
      const listener = library.onDidChange(() => isThere() && done());
      const done = () => {
        listener.dispose();
        resolve();
      };
      if (isThere()) done();
    });
  }

  beforeEach(() => {
    [problems, gitChanges] = [[], changes];
    settings = new Settings(() => undefined);
    const settingChanged = new vscode.EventEmitter<void>();
    settings.onDidChange(() => settingChanged.fire());
    workspace = new WorkspacePrompts({
      report: (problem) => problems.push(problem),
      onError: (error) => assert.fail(String(error)),
    });
    library = new PromptLibrary({
      own: () => settings.prompts,
      onDidChangeOwn: settingChanged.event,
      workspace,
      gitChanges: () => Promise.resolve(gitChanges),
    });
  });
  afterEach(async () => {
    library.dispose();
    workspace.dispose();
    settings.dispose();
    await setPrompts(undefined);
    await vscode.workspace.fs.delete(folder(), { recursive: true }).then(undefined, () => undefined);
  });

  it("are the built-in ones at first, each with a description", () => {
    assert.deepEqual(
      library.list().map(({ name, isOwn }) => [name, isOwn]),
      ["/explain", "/refactor", "/fix", "/tests", "/docs", "/commit"].map((name) => [name, false]),
    );
    assert.ok(library.list().every(({ description }) => description !== ""));
  });

  it("follow the setting at once", async () => {
    await setPrompts({ review: "Review {{input}} now.", note: { description: "Notes", prompt: "Note." } });
    await listed("/note", "/review");
    assert.deepEqual(own()[0], { name: "/note", description: "Notes", isOwn: true });
    assert.deepEqual(await library.expand("/review the loop", [], signal), {
      instruction: "Review the loop now.",
      context: [],
    });
    await setPrompts({});
    await listed();
    assert.equal(await library.expand("/review the loop", [], signal), undefined);
  });

  it("follow the files of the workspace; the setting's own comes first, a built-in one stays", async () => {
    await library.expand("/nothing", [], signal);
    await write("team.md", "---\ndescription: The team's\n---\nAs the team does it.\n");
    await write("explain.md", "Something else.");
    await write("notes.txt", "No prompt.");
    await listed("/team");
    assert.equal(own()[0]?.description, "The team's");
    const expanded = await library.expand("/explain", [], signal);
    assert.deepEqual(expanded, {
      instruction: builtInPrompts.explain,
      context: [],
      needsCode: "/explain",
    });
    assert.equal((await library.expand("/explain TCP", [], signal))?.needsCode, undefined);
    await write("team.md", "Otherwise now.");
    const team = await changed(() => library.list().find(({ name }) => name === "/team")?.description);
    assert.equal(team, "Otherwise now.");
    assert.deepEqual(problems, [{ name: "explain", reason: "builtIn" }]);
    await setPrompts({ team: "Mine." });
    assert.equal((await library.expand("/team", [], signal))?.instruction, "Mine.");
    await setPrompts(undefined);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), "prompts", "team.md"));
    await listed();
  });

  /** The value when it is next another one. */
  async function changed<T>(read: () => T): Promise<T> {
    const before = read();
    return new Promise((resolve) => {
      const listener = library.onDidChange(() => {
        if (read() !== before) {
          listener.dispose();
          resolve(read());
        }
      });
    });
  }

  it("finds a workspace's prompt that is asked for before the list was ever shown", async () => {
    await write("early.md", "Early.");
    assert.equal((await library.expand("/early bird", [], signal))?.instruction, "Early.\n\nbird");
  });

  it("/commit brings the changes along, unless some are attached", async () => {
    assert.deepEqual((await library.expand("/commit in German", [], signal))?.context, [changes]);
    assert.deepEqual((await library.expand("/commit", [changes], signal))?.context, []);
    gitChanges = undefined;
    await assert.rejects(library.expand("/commit", [], signal), UserError);
  });

  it("leave any other text alone", async () => {
    for (const text of ["/usr/bin/env", "fix this", "/ fix", "/unknown"]) {
      assert.equal(await library.expand(text, [], signal), undefined);
    }
  });
});
