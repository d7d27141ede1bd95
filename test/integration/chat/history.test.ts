import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { mock } from "node:test";
import * as vscode from "vscode";
import {
  changeConversation,
  type Conversation,
  emptyConversation,
} from "../../../src/core/chat/conversation.ts";
import { chatFileText, readChatFile } from "../../../src/host/chat/history/chatFiles.ts";
import { HistoryCommands, type HistoryCommandsDeps } from "../../../src/host/chat/history/historyCommands.ts";
import {
  type HistoryAction,
  type HistoryItem,
  historyItems,
} from "../../../src/host/chat/history/historyItems.ts";
import type { NotifyAction } from "../../../src/host/notify.ts";
import { UserError } from "../../../src/host/userError.ts";
import { until } from "../until.ts";

const chat = changeConversation(emptyConversation("c", 1), {
  type: "asked",
  message: { kind: "user", id: "q", parentId: undefined, text: "Hello", context: [] },
});

const dated = { conversation: chat, changedAt: 5 };

const summary = { id: "c", title: "Hello", pinned: false, changedAt: 0, lastWords: "" };

/** A list whose first row's button is pressed when it has rows; without one it is left. */
class ScriptedPick {
  readonly #name: string;
  readonly #log: string[];
  readonly #press: HistoryAction | undefined;
  readonly #pressed = new vscode.EventEmitter<vscode.QuickPickItemButtonEvent<HistoryItem>>();
  readonly #hidden = new vscode.EventEmitter<void>();
  readonly onDidTriggerItemButton = this.#pressed.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidChangeValue = new vscode.EventEmitter<string>().event;
  readonly onDidAccept = new vscode.EventEmitter<void>().event;
  value = "";

  constructor(name: string, log: string[], press: HistoryAction | undefined) {
    this.#name = name;
    this.#log = log;
    this.#press = press;
  }

  set items(items: readonly HistoryItem[]) {
    const item = items.find(({ conversation }) => conversation !== undefined);
    const button = item?.buttons?.find(({ action }) => action === this.#press);
    assert.ok(item);
    if (button) this.#pressed.fire({ item, button });
    else this.#hidden.fire();
  }
  show(): void {
    this.#log.push(`show ${this.#name}`);
  }
  dispose(): void {
    this.#log.push(`dispose ${this.#name}`);
  }
}

/** A box into which one text after another is put, each accepted, until it is no longer shown. */
class ScriptedBox {
  readonly #seen: (string | undefined)[];
  readonly #texts: string[];
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly onDidAccept = this.#accepted.event;
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidHide = new vscode.EventEmitter<void>().event;
  value = "";

  constructor(seen: (string | undefined)[], texts: string[]) {
    this.#seen = seen;
    this.#texts = texts;
  }

  set validationMessage(message: string | undefined) {
    if (this.#seen.length > 0 || message !== undefined) this.#seen.push(message);
    if (message !== undefined) setImmediate(() => this.#next());
  }
  show(): void {
    this.#next();
  }
  dispose(): void {
    // Nothing is shown.
  }

  #next(): void {
    this.value = this.#texts.shift() ?? "";
    this.#changed.fire(this.value);
    this.#accepted.fire();
  }
}

describe("the chat history", () => {
  it("shows the list again before the one before it goes, which would give the focus away", async () => {
    const log: string[] = [];
    const lists = [new ScriptedPick("first", log, "pin"), new ScriptedPick("second", log, undefined)];
    const create = mock.method(vscode.window, "createQuickPick", () => lists.shift());
    try {
      const summary = {
        id: "c",
        title: "Hello",
        pinned: false,
        changedAt: 0,
        messageCount: 2,
        lastWords: "",
      };
      const call = (name: string) => () => Promise.resolve(void log.push(name));
      const commands = new HistoryCommands({
        library: {
          list: () => Promise.resolve([summary]),
          search: () => Promise.resolve([]),
          read: () => Promise.resolve(chat),
          rename: call("rename"),
          setPinned: call("pin"),
          delete: call("delete"),
          undoDelete: call("undo"),
          changedAt: () => Promise.resolve(5),
          add: () => Promise.resolve("new"),
        },
        current: () => Promise.resolve(chat),
        open: call("open"),
        leave: () => Promise.resolve(call("come back")),
        focusChat: call("focus"),
        figures: String,
        notify: () => Promise.resolve(),
      });
      await commands.show();
    } finally {
      create.mock.restore();
    }
    assert.deepEqual(log, ["show first", "pin", "show second", "dispose first", "dispose second"]);
  });

  it("lists at most 200 chats under headings, and names icons as text", () => {
    const now = new Date(2026, 5, 15, 12).getTime();
    const conversations = Array.from({ length: 300 }, (_, at) => ({
      ...{
        id: `c${at}`,
        title: at === 0 ? "$(bug) of mine" : "",
        messageCount: 2,
        lastWords: `Answer $(bug) ${at}`,
      },
      ...{ pinned: at === 0, changedAt: at < 2 ? now : 0 },
    }));
    const items = historyItems(conversations, "c1", now);
    const headings = items.filter(({ kind }) => kind === vscode.QuickPickItemKind.Separator);
    assert.deepEqual(
      headings.map(({ label }) => label),
      ["Pinned", "Today", "Older"],
    );
    assert.equal(items.length - headings.length, 200);
    assert.doesNotMatch(items[1]?.label ?? "", /\$\(/);
    assert.match(items[3]?.description ?? "", /open · Answer \$\u200b\(bug\) 1$/);
  });

  /** Commands whose calls are logged, and the messages that they show, none of which is answered. */
  function logged(present: Conversation | undefined) {
    const calls: string[] = [];
    const call =
      (name: string) =>
      (id = "") =>
        Promise.resolve(void calls.push(`${name} ${id}`.trim()));
    const told: { readonly message: string; readonly actions: readonly NotifyAction[] }[] = [];
    const deps: HistoryCommandsDeps = {
      library: {
        list: () => Promise.resolve([]),
        search: () => Promise.resolve([]),
        read: () => Promise.resolve(present),
        rename: call("rename"),
        setPinned: call("pin"),
        delete: call("delete"),
        undoDelete: call("undo"),
        changedAt: () => Promise.resolve(5),
        add: ({ changedAt }) => Promise.resolve((calls.push(`add of ${String(changedAt)}`), "new")),
      },
      current: () => Promise.resolve(chat),
      open: call("open"),
      leave: (id) => Promise.resolve((calls.push(`leave ${id}`), () => call("come back")(id))),
      focusChat: call("focus"),
      figures: String,
      notify: (_severity, message, actions = []) => {
        told.push({ message, actions });
        return new Promise(() => undefined);
      },
    };
    return { commands: new HistoryCommands(deps), deps, calls, told };
  }

  it("takes a deleted chat back, with the places that showed it", async () => {
    const { commands, calls, told } = logged(chat);
    await commands.delete({ id: "c", title: "Hello" });
    assert.deepEqual(calls, ["leave c", "delete c"]);
    await told[0]?.actions[0]?.run();
    assert.deepEqual(calls, ["leave c", "delete c", "undo c", "come back c"]);
  });

  it("takes back all chats of one title, whose messages VS Code would take for the same", async () => {
    const { commands, calls, told } = logged(chat);
    for (const id of ["a", "b", "c"]) await commands.delete({ id, title: "Hello" });
    assert.deepEqual(
      told.map(({ message }) => message),
      ["“Hello” was deleted.", "2 chats were deleted.", "3 chats were deleted."],
    );
    await told[1]?.actions[0]?.run();
    await told[2]?.actions[0]?.run();
    const undone = calls.filter((call) => call.startsWith("undo"));
    assert.deepEqual(undone, ["undo a", "undo b", "undo c"]);
    await commands.delete({ id: "d", title: "Hello" });
    assert.equal(told[3]?.message, "“Hello” was deleted.");
  });

  it("imports a chat with its time, and says so", async () => {
    const { commands, calls, told } = logged(undefined);
    await commands.importChat(dated);
    assert.deepEqual(calls, ["add of 5", "open new", "focus"]);
    assert.equal(told[0]?.message, "“Hello” was imported.");
  });

  it("says that a chat is here already, and opens it or imports a copy when told to", async () => {
    const { commands, calls, told } = logged(chat);
    void commands.importChat(dated);
    await until(() => told.length === 1);
    assert.equal(told[0]?.message, "“Hello” is in the chat history already.");
    const labels = told[0].actions.map(({ label }) => label);
    assert.deepEqual([labels, calls], [["Open", "Import a Copy"], []]);
    await told[0].actions[0]?.run();
    assert.deepEqual(calls.splice(0), ["open c", "focus"]);
    await told[0].actions[1]?.run();
    assert.deepEqual(calls, ["add of 5", "open new", "focus"]);
  });

  it("keeps asking for a name while there is none, and takes one away that was given", async () => {
    for (const [title, outcome] of [
      [undefined, ["Type a name.", undefined, "named New"]],
      ["Mine", ["named "]],
    ] as const) {
      const seen: (string | undefined)[] = [];
      const { library, ...others } = logged({ ...chat, title }).deps;
      const rename = (_id: string, name: string) => Promise.resolve(void seen.push(`named ${name}`));
      const box = new ScriptedBox(seen, ["", "New"]);
      const lists = [new ScriptedPick("first", [], "rename"), new ScriptedPick("second", [], undefined)];
      const pick = mock.method(vscode.window, "createQuickPick", () => lists.shift());
      const input = mock.method(vscode.window, "createInputBox", () => box);
      try {
        await new HistoryCommands({
          ...others,
          library: { ...library, list: () => Promise.resolve([summary]), rename },
        }).show();
      } finally {
        pick.mock.restore();
        input.mock.restore();
      }
      assert.deepEqual(seen, outcome);
    }
  });

  it("exports by the name of the file, and imports what it exported alone", async () => {
    assert.match(chatFileText(dated, "/x/chat.md", String), /^# Hello\n\n## You\n/);
    const folder = await mkdtemp(path.join(tmpdir(), "valar-export-"));
    try {
      const file = path.join(folder, "chat.json");
      await writeFile(file, chatFileText(dated, "/x/chat.JSON", String));
      assert.deepEqual(await readChatFile(vscode.Uri.file(file)), dated);
      await writeFile(file, "something else");
      await assert.rejects(readChatFile(vscode.Uri.file(file)), UserError);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
