import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import { builtInPrompts } from "../../../src/core/chat/slashCommands.ts";
import manifest from "../../../package.json" with { type: "json" };
import { until } from "../until.ts";
import { PlacesStage } from "./placesStage.ts";

/** A PNG of 3 × 2 pixels, as far as anyone reads it. */
const png = Buffer.from("89504e470d0a1a0a0000000d4948445200000003000000020802000000", "hex");
const glm = "zai-org/GLM-5.1-FP8";
const kimi = "moonshotai/Kimi-K2.6";

/** VS Code's chat, as far as a participant writes into it. */
class WrittenChat {
  markdownText = "";
  readonly progressTexts: string[] = [];
  readonly buttons: vscode.Command[] = [];
  readonly references: (vscode.Uri | vscode.Location)[] = [];
  readonly stream: vscode.ChatResponseStream;

  constructor() {
    const written: Partial<vscode.ChatResponseStream> = {
      markdown: (text) => void (this.markdownText += typeof text === "string" ? text : text.value),
      progress: (text) => void this.progressTexts.push(text),
      button: (command) => void this.buttons.push(command),
      reference: (value) => {
        if ("uri" in value || "path" in value) this.references.push(value);
        else assert.fail("a variable");
      },
    };
    this.stream = written as vscode.ChatResponseStream;
  }

  get labels(): readonly string[] {
    return this.buttons.map(({ title }) => title);
  }
}

interface Question {
  readonly command?: string;
  readonly references?: readonly vscode.ChatPromptReference[];
  /** A model of Valar that is picked in VS Code's chat. */
  readonly model?: string;
  readonly token?: vscode.CancellationToken;
}

describe("@valar", () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const made = path.join(folder.uri.fsPath, "asked");
  const uriOf = (file: string) => vscode.Uri.file(path.join(made, file));
  let stage: PlacesStage;
  let participant: ReturnType<PlacesStage["participant"]>;
  let chat: WrittenChat;

  before(async () => {
    await mkdir(made, { recursive: true });
    await writeFile(path.join(made, "sum.ts"), "export const sum = (a: number, b: number) =>\n  a + b;\n");
    await writeFile(path.join(made, ".env"), "PASSWORD=hunter2\n");
    await writeFile(path.join(made, "key.txt"), "-----BEGIN PRIVATE KEY-----\nAAAA\n");
    await writeFile(path.join(made, "binary.dat"), Buffer.from([0, 1, 2, 0, 255, 0, 7]));
    await writeFile(path.join(made, "huge.txt"), Buffer.alloc(17 * 1024 * 1024, "a\n"));
  });
  after(() => rm(made, { recursive: true }));
  beforeEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    stage = await PlacesStage.start();
    participant = stage.participant();
    chat = new WrittenChat();
  });
  afterEach(() => stage.close());

  async function ask(prompt: string, { command, references = [], model, token }: Question = {}) {
    const picked = model === undefined ? { vendor: "copilot", id: "x" } : { vendor: "valar", id: model };
    const request: Partial<vscode.ChatRequest> = {
      prompt,
      command,
      references,
      model: picked as vscode.LanguageModelChat,
    };
    return participant.answer(
      request as vscode.ChatRequest,
      { history: [] },
      chat.stream,
      token ?? new vscode.CancellationTokenSource().token,
    );
  }

  const file = (name: string) => ({ id: `vscode.file.${name}`, value: uriOf(name) });
  const lastMessage = () => {
    const messages = stage.asked.at(-1)?.body?.["messages"] as
      { role: string; content: unknown }[] | undefined;
    return messages?.at(-1) ?? assert.fail("nothing was asked");
  };
  const sentText = () => {
    const { content } = lastMessage();
    return typeof content === "string" ? content : JSON.stringify(content);
  };

  it("answers what was asked, with the model that is set, and says what it took", async () => {
    const result = await ask("Say: good morning");
    assert.equal(chat.markdownText, "good morning");
    assert.deepEqual(chat.progressTexts, ["Thinking…"]);
    assert.equal(stage.asked[0]?.body?.["model"], glm);
    assert.equal(sentText(), "Say: good morning");
    assert.match(
      (result as { details?: string }).details ?? "",
      /^GLM-5\.1 • Now • \d+ in.* • \d+ out • \$0\.\d+$/,
    );
    assert.deepEqual([chat.labels, chat.references], [[], []]);
  });

  it("sends the file and the lines that are attached, in the order of the text, and lists them", async () => {
    const lines = new vscode.Location(uriOf("sum.ts"), new vscode.Range(1, 2, 1, 4));
    const result = await ask("Say: seen", {
      // VS Code gives the last one first.
      references: [{ id: "vscode.selection", value: lines }, file("sum.ts")],
    });
    assert.equal(result.errorDetails, undefined);
    const fence = "```";
    assert.equal(
      sentText(),
      [
        "Say: seen",
        `From \`asked/sum.ts\`:\n\n${fence}ts\nexport const sum = (a: number, b: number) =>\n  a + b;\n${fence}`,
        `From \`asked/sum.ts\`, lines 2–2:\n\n${fence}typescript\n  a + b;\n${fence}`,
      ].join("\n\n"),
    );
    const [whole, part] = chat.references;
    assert.ok(whole instanceof vscode.Uri && part instanceof vscode.Location);
    assert.deepEqual([whole.fsPath, part.uri.fsPath], [uriOf("sum.ts").fsPath, uriOf("sum.ts").fsPath]);
    assert.equal(part.range.start.line, 1);
  });

  it("sends a text under the name it has", async () => {
    await ask("Say: read", {
      references: [{ id: "t", modelDescription: "terminal", value: "npm test\n1 failed" }],
    });
    assert.match(sentText(), /From `terminal`:\n\n```\nnpm test\n1 failed\n```/);
  });

  it("leaves out what VS Code adds for its own agent", async () => {
    const id = "vscode.customizations.index";
    await ask("Say: free", { references: [{ id, value: "<skills>Obey</skills>" }] });
    assert.equal(sentText(), "Say: free");
    assert.equal(chat.markdownText, "free");
  });

  it("sends an image to a model that takes them, and to no other", async () => {
    const image = { mimeType: "image/png", data: () => Promise.resolve(png) };
    const references = [{ id: "i", modelDescription: "shot.png", value: image }];
    await ask("What is it?", { references, model: kimi });
    assert.equal(stage.asked[0]?.body?.["model"], kimi);
    const url = `data:image/png;base64,${png.toString("base64")}`;
    const content = lastMessage().content as { image_url?: { url: string } }[];
    assert.deepEqual(
      content.flatMap((part) => (part.image_url ? [part.image_url.url] : [])),
      [url],
    );
    const result = await ask("What is it?", { references, model: glm });
    assert.match(result.errorDetails?.message ?? "", /^GLM-5\.1 takes no images\. Choose another model/);
    assert.equal(stage.asked.length, 1);
  });

  for (const [name, reason] of [
    [".env", /hold secrets/],
    ["key.txt", /private key/],
  ] as const) {
    it(`asks before it sends ${name}, and says what was left out when the answer is no`, async () => {
      const question = { references: [file(name), file("sum.ts")] };
      await ask("Say: careful", question);
      assert.match(stage.questions[0] ?? "", reason);
      assert.doesNotMatch(sentText(), /hunter2|BEGIN PRIVATE/);
      assert.match(sentText(), /a \+ b/);
      assert.ok(chat.markdownText.startsWith(`$(info) asked/${name} was left out.\n\n`), chat.markdownText);
      assert.deepEqual(chat.references.map(String), [uriOf("sum.ts").toString()]);
      stage.mayAttach = true;
      await ask("Say: allowed", question);
      assert.match(sentText(), /hunter2|BEGIN PRIVATE/);
    });
  }

  const lost = (name: string) => new vscode.Location(uriOf(name), new vscode.Range(0, 0, 0, 1));
  for (const [what, reference, note] of [
    ["is no text", file("binary.dat"), /binary\.dat is not a text file/],
    ["is too large", file("huge.txt"), /huge\.txt is larger than 16 MB/],
    ["is gone", file("gone.ts"), /gone\.ts is not there any more/],
    [
      "is gone, of which lines were attached",
      { id: "s", value: lost("gone.ts") },
      /gone\.ts is not there any more/,
    ],
    [
      "is no text, of which lines were attached",
      { id: "s", value: lost("binary.dat") },
      /binary\.dat is not a text/,
    ],
    ["is of a kind that nobody knows", { id: "odd", value: { a: 1 } }, /odd cannot be sent to Valar/],
  ] as const) {
    it(`says that something ${what}, and sends the rest`, async () => {
      const result = await ask("Say: the rest", { references: [reference, file("sum.ts")] });
      assert.equal(result.errorDetails, undefined);
      assert.match(chat.markdownText, note);
      assert.match(chat.markdownText, /\n\nthe rest\n/);
      assert.match(sentText(), /a \+ b/);
    });
  }

  const [declared] = manifest.contributes.chatParticipants;
  const next: Readonly<Record<string, readonly string[]>> = {
    explain: ["refactor", "tests"],
    refactor: ["tests", "explain"],
    fix: ["tests", "explain"],
    tests: ["docs", "explain"],
    docs: ["tests"],
    commit: [],
  };
  for (const { name } of declared?.commands ?? []) {
    it(`/${name} asks what it stands for, about what is attached, and offers what can follow`, async () => {
      stage.gitChanges = {
        kind: "changes",
        id: "c",
        path: "Git Changes",
        languageId: "diff",
        text: "+added\n",
      };
      const result = await ask("and be brief", { command: name, references: [file("sum.ts")] });
      const prompt = builtInPrompts[name as keyof typeof builtInPrompts];
      assert.ok(sentText().startsWith(`${prompt}\n\nand be brief\n\n`), sentText());
      assert.match(sentText(), /a \+ b/);
      assert.equal(sentText().includes("+added"), name === "commit");
      assert.ok(chat.markdownText.length > 0);
      const followUps = participant.followUps(result);
      assert.deepEqual(
        followUps.map(({ command }) => command),
        next[name],
      );
      assert.ok(followUps.every(({ label }) => label !== undefined && label !== ""));
    });
  }

  it("/explain without anything attached is about the code in the editor", async () => {
    await vscode.window.showTextDocument(uriOf("sum.ts"));
    await ask("", { command: "explain" });
    assert.match(sentText(), /From `asked\/sum\.ts`.*a \+ b/s);
    assert.equal(chat.references.length, 1);
  });

  it("/commit without changes says so, and sends nothing", async () => {
    const result = await ask("", { command: "commit" });
    assert.match(
      result.errorDetails?.message ?? "",
      /^There are no changes to write a commit message for\. /,
    );
    assert.equal(stage.asked.length, 0);
    assert.deepEqual(participant.followUps(result), []);
  });

  it("stops when it is cancelled: the request ends, and nothing is said to have failed", async () => {
    stage.simulator.faults.add({ action: { type: "break", at: { content: 8 }, then: "hold" } });
    const source = new vscode.CancellationTokenSource();
    const asking = ask("Say: one two three four", { token: source.token });
    await until(() => chat.markdownText !== "");
    source.cancel();
    const result = await asking;
    assert.deepEqual([result.errorDetails, chat.labels, stage.shown], [undefined, [], []]);
    await until(() => stage.asked[0]?.outcome === "clientLeft");
    assert.equal(stage.simulator.inferences, 1);
    assert.equal(stage.asked.length, 1);
  });

  it("sends nothing that was cancelled before", async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const result = await ask("Say: nothing", { token: source.token, references: [file("sum.ts")] });
    assert.equal(result.errorDetails, undefined);
    assert.deepEqual([stage.simulator.requests.length, chat.markdownText], [0, ""]);
  });

  const failures = [
    [401, { status: 401 }, /Your message is kept\.$/, ["Set API Token", "Get a Key"]],
    [402, { status: 402 }, /Your message is kept\.$/, ["Open Billing"]],
    [403, { status: 403 }, /Your message is kept\.$/, ["Open Settings"]],
  ] as const;
  for (const [status, answer, message, labels] of failures) {
    it(`says what a ${String(status)} means, with the buttons that help`, async () => {
      stage.simulator.faults.add({ action: { type: "status", ...answer } });
      const result = await ask("Say: hello");
      assert.match(result.errorDetails?.message ?? "", message);
      assert.deepEqual(chat.labels, labels);
      const known = await vscode.commands.getCommands();
      for (const { command } of chat.buttons) assert.ok(known.includes(command), command);
      assert.deepEqual(participant.followUps(result), []);
    });
  }

  it("waits out a rate limit, and says so", async () => {
    stage.simulator.faults.add({ action: { type: "status", status: 429, headers: { "retry-after": "1" } } });
    const result = await ask("Say: at last");
    assert.equal(result.errorDetails, undefined);
    assert.equal(chat.markdownText, "at last");
    assert.ok(chat.progressTexts.includes("Waiting 1 s for the rate limit…"), String(chat.progressTexts));
    const keys = stage.asked.map(({ idempotencyKey }) => idempotencyKey);
    assert.deepEqual([keys.length, new Set(keys).size], [2, 1]);
  });

  it("spends nothing beyond the budget, and leads to where it can be lifted or changed", async () => {
    stage.settings.limits = { session: 0, day: null };
    const result = await ask("Say: hello");
    assert.match(result.errorDetails?.message ?? "", /budget.*Nothing was sent, and your message is kept\./);
    assert.equal(stage.asked.length, 0);
    assert.deepEqual(
      chat.buttons.map(({ title, command }) => [title, command]),
      [
        ["Send Anyway", "valar.menu"],
        ["Change Budget…", "workbench.action.openSettings"],
      ],
    );
  });

  it("sends what failed on the way again under the key it had", async () => {
    stage.simulator.faults.add({ action: { type: "reset" }, times: 4 });
    const failed = await ask("Say: hello");
    assert.match(failed.errorDetails?.message ?? "", /Trying again does not charge twice\.$/);
    assert.deepEqual(chat.labels, ["Show Log"]);
    await ask("Say: hello");
    assert.equal(chat.markdownText, "hello");
    const keys = stage.asked.map(({ idempotencyKey }) => idempotencyKey);
    assert.deepEqual([keys.length, new Set(keys).size, stage.simulator.inferences], [5, 1, 1]);
  });
});
