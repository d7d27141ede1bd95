import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { ContextItem } from "../../../src/core/chat/conversation.ts";
import { UserError } from "../../../src/host/userError.ts";
import { never, TestedContext } from "./service.ts";

interface GitExtension {
  getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<{ status(): Promise<void> } | null> };
}

/** A PNG of 3 × 2 pixels, as far as anyone reads it. */
const png = Buffer.from("89504e470d0a1a0a0000000d4948445200000003000000020802000000", "hex");

const textOf = (item: ContextItem): string => (item.kind === "image" ? "" : item.text);

describe("attaching context", () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const root = folder.uri.fsPath;
  const made = path.join(root, "made");
  let outside: string;
  let context: TestedContext;
  let gitStatus: () => Promise<void>;

  const uriOf = (file: string): string => vscode.Uri.file(path.resolve(made, file)).toString();
  const attach = async (file: string) => context.source.resolve(`file:${uriOf(file)}`, never);
  const git = (...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t.example", ...args], {
      cwd: made,
      encoding: "utf8",
    });

  before(async () => {
    outside = await mkdtemp(path.join(tmpdir(), "valar-context-"));
    await mkdir(path.join(made, "deep/er"), { recursive: true });
    await writeFile(path.join(outside, "note.txt"), "from outside\n");
    await writeFile(path.join(made, "plain.ts"), "export const one = 1;\n");
    await writeFile(path.join(made, "deep/er/low.ts"), "export const low = 0;\n");
    await writeFile(path.join(made, "ignored.log"), "a line of the log\n");
    await writeFile(path.join(made, ".env"), "PASSWORD=x\n");
    await writeFile(path.join(made, "key.txt"), "-----BEGIN PRIVATE KEY-----\nAA\n");
    await writeFile(path.join(made, "binary.dat"), Buffer.from([0, 1, 2, 0, 255, 0, 7]));
    await writeFile(path.join(made, "long.txt"), "0123456789\n".repeat(2000));
    await writeFile(path.join(made, "utf16.txt"), Buffer.from("\ufeffgrün\n", "utf16le"));
    await writeFile(path.join(made, "picture.png"), png);
    await symlink(path.join(outside, "note.txt"), path.join(made, "link.txt"));
    await symlink(outside, path.join(made, "linked"));
    git("init", "-q");
    await writeFile(path.join(made, ".gitignore"), "*.log\n");
    git("add", ".gitignore", "plain.ts");
    git("commit", "-q", "-m", "Start");
    const extension = await vscode.extensions.getExtension<GitExtension>("vscode.git")?.activate();
    const repository = await extension?.getAPI(1).openRepository(vscode.Uri.file(made));
    assert.ok(repository, "git opens the workspace");
    gitStatus = () => repository.status();
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.commands.executeCommand("git.close", vscode.Uri.file(made));
    await rm(made, { recursive: true });
    await rm(outside, { recursive: true });
  });
  beforeEach(() => {
    context = new TestedContext();
  });
  afterEach(() => context.dispose());

  it("reads a file without a question when nothing speaks against it", async () => {
    const item = await attach("plain.ts");
    assert.ok(item?.kind === "file");
    assert.deepEqual(
      [item.path, item.languageId, item.text],
      ["made/plain.ts", "ts", "export const one = 1;\n"],
    );
    assert.deepEqual(context.questions, []);
  });

  for (const [file, reason] of [
    ["ignored.log", /^Git ignores it\./],
    [".env", /^Files of this name usually hold secrets\./],
    ["key.txt", /^It holds a private key\./],
    ["link.txt", /^It is behind a link/],
    ["linked/note.txt", /^It is behind a link/],
  ] as const) {
    it(`asks first, once, and takes no for an answer: ${file}`, async () => {
      assert.equal(await attach(file), undefined);
      context.answer = true;
      assert.ok(await attach(file));
      assert.ok(await attach(file));
      assert.equal(context.questions.length, 2);
      for (const { message, detail } of context.questions) {
        assert.equal(message, `Attach made/${file} to the chat?`);
        assert.match(detail, reason);
      }
    });
  }

  it("asks for what is dropped from outside the workspace", async () => {
    const note = vscode.Uri.file(path.join(outside, "note.txt")).toString();
    const declined = await context.source.fromUris([note, uriOf("plain.ts")], never);
    assert.deepEqual(declined.map(textOf), ["export const one = 1;\n"]);
    context.answer = true;
    const taken = await context.source.fromUris([note, uriOf("none.ts")], never);
    assert.deepEqual(taken.map(textOf), ["from outside\n"]);
    assert.match(context.questions[0]?.detail ?? "", /^It is outside the workspace\./);
  });

  it("says why a file cannot be attached", async () => {
    for (const [file, message] of [
      ["binary.dat", "made/binary.dat is not a text file."],
      ["none.ts", "made/none.ts is not there any more."],
    ] as const) {
      await assert.rejects(attach(file), (error) => error instanceof UserError && error.message === message);
    }
    for (const uri of ["https://x.example/a.ts", "command:workbench.action.quit", "nonsense"]) {
      await assert.rejects(context.source.fromUris([uri], never), UserError);
    }
    await assert.rejects(context.source.resolve("anything", never), UserError);
  });

  it("cuts a long file between lines and says so", async () => {
    context.settings = { ...context.settings, maxFileKilobytes: 1 };
    const item = await attach("long.txt");
    assert.ok(item?.kind === "file");
    assert.equal(item.text, "0123456789\n".repeat(93));
    assert.equal(item.cut, "first 93 of 2,000 lines");
  });

  it("takes the text of a file from elsewhere, asks about secrets in it, and cuts it", async () => {
    context.settings = { ...context.settings, maxFileKilobytes: 1 };
    const drop = (name: string, text: string) => context.source.droppedText(name, text, never);
    const item = await drop("notes.MD", "0123456789\n".repeat(2000));
    assert.ok(item?.kind === "file");
    assert.deepEqual(
      [item.path, item.languageId, item.uri, item.cut],
      ["notes.MD", "md", undefined, "first 93 of 2,000 lines"],
    );
    assert.equal(context.questions.length, 0);
    assert.equal(await drop(".env", "A=1\n"), undefined);
    assert.equal(await drop("a.txt", "-----BEGIN PRIVATE KEY-----\nAA\n"), undefined);
    assert.deepEqual(
      context.questions.map(({ detail }) => detail.split("\n")[0]),
      ["Files of this name usually hold secrets.", "It holds a private key."],
    );
  });

  it("decodes a file as VS Code does", async () => {
    const item = await attach("utf16.txt");
    assert.ok(item?.kind === "file");
    assert.equal(item.text.replace("\ufeff", ""), "grün\n");
  });

  it("takes an image for what it is", async () => {
    const item = await attach("picture.png");
    assert.ok(item?.kind === "image");
    assert.deepEqual([item.name, item.width, item.height, item.bytes], ["picture.png", 3, 2, png.length]);
    assert.equal(item.url, `data:image/png;base64,${png.toString("base64")}`);
    const pasted = context.source.image("x.jpg", "image/jpeg", png.toString("base64"));
    assert.ok(pasted.kind === "image" && pasted.url.startsWith("data:image/png;"));
    assert.throws(() => context.source.image("x.png", "image/png", "AAAA"), UserError);
    assert.throws(() => context.source.image("x.png", "image/png", "<svg>"), UserError);
    const large = `${png.toString("base64").slice(0, 36)}${"A".repeat(28 * 1024 * 1024)}`;
    assert.throws(() => context.source.image("x.png", "image/png", large), /larger than 20 MB/);
  });

  it("reads a folder as a tree with the text of its files, without secrets and links", async () => {
    const item = await context.source.resolve(`folder:${vscode.Uri.file(made).toString()}`, never);
    assert.ok(item?.kind === "folder");
    assert.equal(item.path, "made/");
    assert.ok(
      item.text.startsWith(
        ".gitignore\nbinary.dat\ndeep/\n  er/\n    low.ts\nkey.txt\nlong.txt\npicture.png\nplain.ts\n",
      ),
    );
    assert.match(item.text, /==> plain\.ts <==\nexport const one = 1;\n/);
    assert.match(item.text, /==> deep\/er\/low\.ts <==/);
    assert.doesNotMatch(item.text, /PASSWORD|PRIVATE KEY|from outside|line of the log/);
    assert.match(item.cut ?? "", /^text of 5 of 8 files; without \d that Git ignores/);
    assert.deepEqual(context.questions, []);
  });

  it("gives the changes in git, without files that may be secret", async () => {
    await writeFile(path.join(made, "plain.ts"), "// changed\n");
    git("add", "-f", ".env");
    await gitStatus();
    const item = await context.source.resolve("changes", never);
    git("reset", "-q");
    git("checkout", "-q", "plain.ts");
    assert.ok(item?.kind === "changes");
    assert.match(item.text, /^# Not staged\ndiff --git a\/plain\.ts b\/plain\.ts\n/m);
    assert.match(item.text, /^\+\/\/ changed$/m);
    assert.match(item.text, /^made\/long\.txt$/m);
    assert.doesNotMatch(item.text, /PASSWORD/);
    assert.equal(item.cut, "without one file that may be secret");
  });

  it("lists the problems, worst first", async () => {
    const problems = vscode.languages.createDiagnosticCollection("tested");
    const at = new vscode.Range(1, 2, 1, 4);
    problems.set(vscode.Uri.file(path.join(made, "plain.ts")), [
      new vscode.Diagnostic(at, "so so", vscode.DiagnosticSeverity.Warning),
      new vscode.Diagnostic(at, "bad\nindeed", vscode.DiagnosticSeverity.Error),
    ]);
    const item = await context.source.resolve("problems", never);
    const [suggestion] = (await context.source.search("problems", never)).filter(
      ({ id }) => id === "problems",
    );
    problems.dispose();
    assert.ok(item?.kind === "problems");
    const own = item.text.split("\n").filter((line) => /so so|bad|indeed/.test(line));
    assert.deepEqual(own, [
      "made/plain.ts:2:3: error: bad",
      "    indeed",
      "made/plain.ts:2:3: warning: so so",
    ]);
    assert.match(suggestion?.detail ?? "", /1 error, 1 warning/);
  });

  it("finds a symbol again after the code above it has grown", async () => {
    const cart = vscode.Uri.joinPath(folder.uri, "src/cart.ts");
    const editor = await vscode.window.showTextDocument(cart);
    const symbols = async () =>
      (await context.source.search("Cart", never)).filter(({ kind }) => kind === "symbol");
    let found = await symbols();
    while (found.length === 0) found = await symbols();
    const [symbol] = found;
    assert.ok(symbol);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), "\n\n\n"));
    const item = await context.source.resolve(symbol.id, never);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    assert.ok(item?.kind === "symbol");
    assert.match(item.text, new RegExp(symbol.label));
    assert.ok((item.startLine ?? 0) > 3);
  });

  it("says so when nothing is selected in the terminal", async () => {
    await assert.rejects(context.source.resolve("terminal", never), /Nothing is selected in the terminal/);
  });

  describe("opening what a message was given", () => {
    const base = { id: "1", path: "made/plain.ts", languageId: "" };
    const shown = (): vscode.TextDocument => vscode.window.activeTextEditor?.document ?? assert.fail();
    afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

    it("opens the file at the lines, also where they have moved to", async () => {
      const file = path.join(made, "moved.txt");
      await writeFile(file, "new\none\ntwo\nthree\n");
      for (const startLine of [1, 2]) {
        const lines = { startLine, endLine: startLine + 1, text: "one\ntwo" };
        await context.source.open({ ...base, ...lines, kind: "selection", uri: uriOf("moved.txt") });
        const { document, selection } = vscode.window.activeTextEditor ?? assert.fail();
        assert.deepEqual([document.uri.fsPath, selection.start.line, selection.end.line], [file, 1, 2]);
      }
    });

    it("shows the text as it was given when its file has changed, is gone or is none", async () => {
      const uris = [
        "command:workbench.action.quit",
        "https://x.example",
        uriOf("none.ts"),
        uriOf("plain.ts"),
      ];
      for (const [at, uri] of [...uris, undefined].entries()) {
        const text = `was ${at}`;
        await context.source.open({ ...base, id: text, kind: "file", text, ...(uri && { uri }) });
        const { uri: place, languageId } = shown();
        assert.deepEqual(
          [place.scheme, place.path, shown().getText(), languageId],
          ["valar-context", "/As given: plain.ts", text, "typescript"],
        );
      }
    });

    it("shows what is no file as it was given, in its language", async () => {
      for (const [kind, name, language] of [
        ["changes", "Git Changes", "diff"],
        ["problems", "Problems", "plaintext"],
        ["terminal", "Terminal bash", "plaintext"],
        ["folder", "deep", "plaintext"],
      ] as const) {
        const given = { languageId: kind === "changes" ? "diff" : "", text: `+ ${kind}`, uri: uriOf("deep") };
        await context.source.open({
          ...base,
          ...given,
          id: kind,
          kind,
          path: kind === "folder" ? "made/deep/" : name,
        });
        assert.deepEqual(
          [shown().uri.path, shown().getText(), shown().languageId],
          [`/As given: ${name}`, `+ ${kind}`, language],
        );
      }
    });

    it("shows an image, whatever has become of its file", async () => {
      const image = context.source.image("a/picture", "", png.toString("base64"));
      await context.source.open(image);
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? assert.fail();
      assert.ok(input instanceof vscode.TabInputCustom);
      assert.deepEqual(
        [input.viewType, input.uri.path.endsWith("/a picture.png")],
        ["imagePreview.previewEditor", true],
      );
      assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(input.uri)), png);
      await assert.rejects(async () => vscode.workspace.fs.writeFile(input.uri, png), vscode.FileSystemError);
      assert.ok(image.kind === "image");
      await assert.rejects(context.source.open({ ...image, url: "https://x.example/a.png" }), UserError);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await assert.rejects(async () => vscode.workspace.fs.readFile(input.uri), vscode.FileSystemError);
    });
  });
});
