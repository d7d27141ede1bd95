import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ChatEvent, ChatMessage } from "../../../src/core/api/types.ts";
import { ErrorActions } from "../../../src/host/commands/errorActions.ts";
import { makeCommitMessage } from "../../../src/host/commitServices.ts";
import type { NotifyAction } from "../../../src/host/notify.ts";
import { CommitMessageCommand } from "../../../src/host/scm/commitMessageCommand.ts";
import { UserError } from "../../../src/host/userError.ts";
import { startSimulator } from "../../support/simulator/server.ts";
import { done, finish, text } from "../chat/stage.ts";
import { simulatedClient } from "../simulated.ts";
import { TestRepository } from "./testRepository.ts";

const diffOf = (path: string) =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n+x\n`;
const untracked = 7;

interface Note {
  readonly message: string;
  readonly actions: readonly NotifyAction[];
}

describe("the command that writes a commit message", () => {
  const { showWarningMessage, showQuickPick, withProgress } = vscode.window;
  let repository: TestRepository;
  let repositories: TestRepository[];
  let notes: Note[];
  let asked: (readonly ChatMessage[])[];
  let answer: (signal: AbortSignal) => AsyncGenerator<ChatEvent, void>;
  let cancel: vscode.CancellationTokenSource;

  const notify = (_severity: string, message: string, actions: readonly NotifyAction[] = []) =>
    Promise.resolve(void notes.push({ message, actions }));
  const git = {
    repositories: () => Promise.resolve(repositories),
    absence: () => new UserError("No repository.", "Open one."),
  };
  const command = () =>
    new CommitMessageCommand({
      git,
      stream: (messages, signal) => {
        asked.push(messages);
        return answer(signal);
      },
      notify,
      describeError: (error, retry) => ({ message: String(error), actions: [retry] }),
    });
  /** Runs the command, which leaves the person's text in the box and says that they changed it. */
  const assertStopsFor = async (kept: string) => {
    await command().run();
    assert.equal(repository.inputBox.value, kept);
    assert.match(notes[0]?.message ?? "", /You changed/);
  };
  const sent = () => JSON.stringify(asked[0]);
  const labels = () => notes.map(({ actions }) => actions.map(({ label }) => label));

  beforeEach(() => {
    repository = new TestRepository("/repository");
    [repositories, notes, asked] = [[repository], [], []];
    cancel = new vscode.CancellationTokenSource();
    answer = async function* () {
      yield await Promise.resolve(text("Add "));
      yield text("it");
      yield done;
    };
    vscode.window.withProgress = (_options, task) => task({ report: () => undefined }, cancel.token);
  });
  afterEach(() => Object.assign(vscode.window, { showWarningMessage, showQuickPick, withProgress }));

  it("writes from what is staged alone, in the style of the last commits", async () => {
    repository.staged = diffOf("src/a.ts");
    repository.working = diffOf("src/b.ts");
    repository.state.workingTreeChanges = [repository.change("new.ts", untracked)];
    await command().run();
    assert.equal(repository.inputBox.value, "Add it");
    assert.match(sent(), /feat: begin.*src\/a\.ts/);
    assert.match(sent(), /draft/);
    assert.doesNotMatch(sent(), /src\/b\.ts|new\.ts/);
    assert.deepEqual(notes, []);
  });

  it("writes from everything when nothing is staged, and names the new files", async () => {
    repository.working = diffOf("src/b.ts");
    repository.state.workingTreeChanges = [repository.change("src/new.ts", untracked)];
    await command().run();
    assert.match(sent(), /\+\+\+ b\/src\/b\.ts/);
    assert.match(sent(), /New files.*src\/new\.ts/);
    assert.doesNotMatch(sent(), /\/repository/);
  });

  it("writes from new files alone, and where there is no commit yet", async () => {
    repository.state.HEAD = undefined;
    repository.state.workingTreeChanges = [repository.change("README.md", untracked)];
    await command().run();
    assert.equal(repository.inputBox.value, "Add it");
    assert.match(sent(), /README\.md/);
    assert.match(sent(), /no earlier commits/);
  });

  it("says when there is nothing to write of", async () => {
    await command().run();
    assert.deepEqual([notes.length, asked.length], [1, 0]);
    assert.match(notes[0]?.message ?? "", /no changes/);
  });

  it("sends what may be secret only when the person says so", async () => {
    repository.staged = diffOf("src/a.ts");
    repository.state.indexChanges = [repository.change("settings.txt", 3, ".env")];
    const questions: unknown[] = [];
    const says = (said: string | undefined) => (message: unknown) => {
      questions.push(message);
      return Promise.resolve(said);
    };
    Object.assign(vscode.window, { showWarningMessage: says(undefined) });
    await command().run();
    assert.deepEqual([asked.length, repository.inputBox.value], [0, "draft"]);
    Object.assign(vscode.window, { showWarningMessage: says("Send Anyway") });
    await command().run();
    assert.equal(asked.length, 1);
    assert.equal(questions.length, 2);
    assert.match(String(questions[0]), /secrets, in: \.env\./);
  });

  it("brings the draft back when it is cancelled", async () => {
    repository.staged = diffOf("a.ts");
    answer = async function* (signal) {
      yield await Promise.resolve(text("Add "));
      assert.equal(repository.inputBox.value, "Add");
      cancel.cancel();
      assert.ok(signal.aborted);
    };
    await command().run();
    assert.deepEqual([repository.inputBox.value, notes], ["draft", []]);
  });

  it("stops when the person writes into the box", async () => {
    repository.staged = diffOf("a.ts");
    answer = async function* () {
      yield await Promise.resolve(text("Add "));
      repository.inputBox.value = "mine";
      yield text("it");
      assert.fail("went on");
    };
    await assertStopsFor("mine");
  });

  it("goes on when VS Code is behind with telling what the box shows", async () => {
    repository.staged = diffOf("a.ts");
    answer = async function* () {
      yield await Promise.resolve(text("Add "));
      yield text("what ");
      repository.inputBox.value = "Add";
      yield text("was ");
      yield text("missing");
      repository.inputBox.value = "Add what was";
      yield text(" there");
      yield done;
    };
    await command().run();
    assert.deepEqual([repository.inputBox.value, notes], ["Add what was missing there", []]);
  });

  it("stops when the person brings the draft back while VS Code is behind", async () => {
    repository.staged = diffOf("a.ts");
    answer = async function* () {
      yield await Promise.resolve(text("Add "));
      yield text("what ");
      repository.inputBox.value = "Add";
      yield text("was ");
      repository.inputBox.value = "draft";
      yield text("missing");
      assert.fail("went on");
    };
    await assertStopsFor("draft");
  });

  it("says that a message was cut off", async () => {
    repository.staged = diffOf("a.ts");
    answer = async function* () {
      yield await Promise.resolve(text("Add"));
      yield { type: "finished", finish: { ...finish, truncated: true } };
    };
    await command().run();
    assert.match(notes[0]?.message ?? "", /token limit/);
    assert.equal(repository.inputBox.value, "Add");
  });

  const empty: Readonly<Record<string, readonly [readonly ChatEvent[], RegExp]>> = {
    refuses: [[{ type: "delta", channel: "refusal", text: "I will not." }, done], /declined: I will not\./],
    "says nothing": [[text("```\n```"), done], /holds no commit message/],
    "only thinks": [
      [
        { type: "delta", channel: "reasoning", text: "Hm" },
        { type: "finished", finish: { ...finish, truncated: true } },
      ],
      /token limit, before/,
    ],
  };
  for (const [what, [events, message]] of Object.entries(empty)) {
    it(`says so, and offers to try again, when the model ${what}`, async () => {
      repository.staged = diffOf("a.ts");
      answer = async function* () {
        yield* await Promise.resolve(events);
      };
      await command().run();
      assert.equal(repository.inputBox.value, "draft");
      assert.match(notes.map((note) => note.message).join("|"), message);
      assert.deepEqual(labels(), [["Try Again"]]);
    });
  }

  it("asks for which of several repositories, unless one is named", async () => {
    const other = new TestRepository("/other");
    repositories.push(other);
    for (const one of repositories) one.staged = diffOf("a.ts");
    let offered = 0;
    const pick = (items: readonly unknown[]) => {
      offered = items.length;
      return Promise.resolve(items[1]);
    };
    Object.assign(vscode.window, { showQuickPick: pick });
    await command().run({ rootUri: repository.rootUri });
    assert.deepEqual([offered, repository.inputBox.value, other.inputBox.value], [0, "Add it", "draft"]);
    await command().run();
    assert.deepEqual([offered, other.inputBox.value], [2, "Add it"]);
  });

  it("says why there is no repository", async () => {
    repositories = [];
    await command().run();
    assert.deepEqual([notes[0]?.message, labels()], ["No repository. Open one.", [[]]]);
  });

  it("tells a failure of git, with a way to go on", async () => {
    repository.status = () => Promise.reject(new Error("git is gone"));
    const tested = command();
    await tested.run();
    assert.deepEqual([notes[0]?.message, labels()], ["Error: git is gone", [["Try Again"]]]);
    repository.status = () => Promise.resolve();
    repository.staged = diffOf("a.ts");
    await notes[0]?.actions[0]?.run();
    assert.equal(repository.inputBox.value, "Add it");
  });

  it("is tried again with the key it had", async () => {
    const simulator = await startSimulator();
    try {
      const client = simulatedClient(simulator);
      const errors = new ErrorActions({
        token: { setToken: () => assert.fail(), getKey: () => assert.fail() },
        log: { show: () => assert.fail() },
        clearWay: () => assert.fail(),
      });
      const tested = makeCommitMessage(
        { git },
        {
          client,
          errors,
          prepareStream: (messages) =>
            client.prepareChat({ model: "zai-org/GLM-5.1-FP8", messages, stream: true, includeUsage: true }),
        },
        notify,
      );
      repository.staged = diffOf("src/cart.ts");
      simulator.faults.add({ action: { type: "break", at: { content: 3 }, then: "reset" }, times: 4 });
      await tested.run();
      assert.equal(repository.inputBox.value, "draft");
      assert.equal(simulator.requests.length, 4);
      await notes[0]?.actions.find(({ label }) => label === "Try Again")?.run();
      assert.match(repository.inputBox.value, /cart/);
      assert.equal(new Set(simulator.requests.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
      assert.equal(simulator.inferences, 1);
    } finally {
      await simulator.close();
    }
  });
});
