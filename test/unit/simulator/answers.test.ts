import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import ts from "typescript";
import { editPrompt } from "../../../src/core/edit/prompt.ts";
import { startSimulator, type Simulator } from "../../support/simulator/server.ts";
import { ask, at, json, model, post, question, textAt } from "./talk.ts";

const cart = `export interface Line {
  price: number;
}

// The sum.
export function total(lines: Line[], tax = 0) {
  var sum = 0;
  var unused;
  for (var i = 0; i < lines.length; i++) {
    sum = sum + lines[i].price;
  }
  if (tax == 0) return sum;
  return "Total: " + sum + " of \`" + lines.length + "\`\\n";
}

const names = [1, 2].map(function (n) { return n * 2; });
`;

describe("the simulator's answers", function () {
  this.timeout(20_000);
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const say = (text: string, more: object = {}) => ask(simulator, question(text, more));
  const attached = (wish: string, code: string, language = "typescript", path = "src/cart.ts") =>
    `${wish}\n\nFrom \`${path}\`, lines 10–30:\n\n\`\`\`${language}\n${code}\`\`\``;

  /** What the answer to the extension's own edit prompt holds in its fence. */
  async function edit(code: string, instruction: string, languageId = "typescript"): Promise<string> {
    const indent = { tabs: false, size: 2 };
    const target = {
      before: ["// above", ""],
      lines: code.split("\n"),
      after: ["// below"],
      languageId,
      indent,
    };
    const { messages } = editPrompt({ path: "src/cart.ts", target, instruction });
    const answer = await ask(simulator, { model, messages });
    const [, inside] = /^```\w*\n([\s\S]*?)\n```$/.exec(answer) ?? [];
    assert.ok(inside !== undefined, answer);
    return inside;
  }

  it("explain the code that was sent by an outline of it", async () => {
    const answer = await say(attached("Explain this.", cart));
    assert.match(answer, /^## What `src\/cart\.ts` does\n\nThese 16 lines of typescript code define/);
    assert.match(answer, /\| `total` \| function \| 15 \| 9 \| `lines`, `tax` \|/);
    assert.match(answer, /1 loop/);
    assert.match(answer, /`var` is visible/);
    const python =
      "class Shop:\n    def sell(self, what, price):\n        if price:\n            return what\n";
    const other = await say(attached("What does this do?", python, "python", "shop.py"));
    assert.match(
      other,
      /\| `Shop` \| class \| 10 \| 4 \| – \|\n\| `sell` \| function \| 11 \| 3 \| `what`, `price` \|/,
    );
    const go = "func (s *Shop) Sell(what string) error {\n\treturn nil\n}\n\ntype Shop struct {\n}\n";
    assert.match(await say(attached("Explain", go, "go", "shop.go")), /\| `Sell` \| function \| 10 \|/);
  });

  it("refactor the selection, keep everything else, and stay correct", async () => {
    const result = await edit(cart, "Refactor this code");
    assert.equal(
      result,
      `export interface Line {
  price: number;
}

// The sum.
export function total(lines: Line[], tax = 0) {
  let sum = 0;
  let unused;
  for (const line of lines) {
    sum += line.price;
  }
  if (tax === 0) return sum;
  return \`Total: \${sum} of \\\`\${lines.length}\\\`\\n\`;
}

const names = [1, 2].map((n) => n * 2);
`,
    );
  });

  it("change nothing that behaves differently afterwards", async () => {
    const same = [
      "if (a == null || b != undefined) x();",
      "function f() { if (a) { var b = 1; } return b; }",
      "const sum = a + b + 1;",
      "const o = { m: function () { return this.a; } };",
      "for (let i = 0; i < xs.length; i++) { xs[i] = i; }",
      "for (let i = 0; i < xs.length; i++) { xs.push(xs[i]); }",
      "for (let i = 0; i < xs.length; i++) { f(xs[i], i); }",
      "Thing.prototype.run = function () { return 1; };",
    ];
    for (const code of same) assert.equal((await edit(code, "Refactor")).split("\n").at(-1), code);
    const run = (code: string): unknown =>
      runInNewContext(
        `${ts.transpile(code)}; JSON.stringify([total([{ price: 2 }, { price: 3 }], 1), total([], 0), names]);`,
      );
    const plain = cart.replaceAll("export ", "");
    assert.deepEqual(run(await edit(plain, "Refactor")), run(plain));
  });

  it("do what the instruction says", async () => {
    assert.match(await edit(cart, "rename total to sumUp"), /function sumUp\(lines/);
    assert.match(await edit(cart, "Rename the variable `sum` to result, please"), /let|var result = 0;/);
    assert.match(await edit(cart, "make all strings upper case"), /"TOTAL: " \+ sum \+ " OF `" .* "`\\n"/);
    assert.match(
      await edit("  function openOrders(all) {\n    return all;\n  }", "add doc comments"),
      /^ {2}\/\*\*\n {3}\* Open orders\.\n {3}\* @param all The all\.\n {3}\* @returns The result\.\n {3}\*\/\n {2}function openOrders/,
    );
    assert.match(
      await edit("const a = 1;\nrun(a);", "add a comment"),
      /^\/\/ Set up a\.\nconst a = 1;\n\/\/ Call run\./,
    );
    assert.equal(
      await edit("const f = (a, b = 'x') => a * 2;", "add type annotations"),
      "const f = (a: number, b: string = 'x') => a * 2;",
    );
    assert.match(
      await edit("const a = 1;", "make it faster"),
      /^\/\/ Looked at for “make it faster”: nothing to change\.\nconst a = 1;$/,
    );
    assert.equal(
      await edit("if a == None:\r\n    b = b + 1\r", "tidy", "python"),
      "if a is None:\r\n    b += 1\r",
    );
    assert.equal(await edit("fn a() { let x = 1; }", "rename x to y", "rust"), "fn a() { let y = 1; }");
  });

  it("keep line endings and give bare code when configured", async () => {
    simulator.configure({ editAnswer: "bare" });
    const content = "<selection>\nvar a = 1;\r\nf(a == 2);\r\n</selection>\nInstruction: refactor";
    assert.equal(await say(`Language: js\n${content}`), "const a = 1;\r\nf(a === 2);\r");
  });

  it("explain what they changed when asked in a conversation", async () => {
    const answer = await say(attached("Please refactor this", cart));
    assert.match(answer, /- `==` became `===`\n/);
    assert.match(answer, /```typescript\nexport interface Line/);
  });

  it("echo, write documents of a size, stay silent, refuse, attack", async () => {
    assert.equal(await say("say  two\nlines"), " two\nlines");
    assert.equal(await say("repeat: ```x```"), "```x```");
    for (const [wish, bytes] of [
      ["write 2 KB of markdown", 2048],
      ["write 3 KB of multilingual markdown", 3072],
      ["write 4000 bytes as one list", 4000],
      ["write 4 KB as a single code block", 4096],
      ["write 4 KB as one table", 4096],
    ] as const) {
      assert.equal(Buffer.byteLength(await say(wish)), bytes, wish);
    }
    assert.match(await say("write 4 KB as a single code block"), /^```ts\n[\s\S]*\n```\n$/);
    assert.equal((await say("write 300 words of markdown")).split(/\s+/).filter(Boolean).length, 300);
    assert.equal(await say("answer nothing"), "");
    const refused = await json(await post(simulator, question("refuse this")));
    assert.equal(at(refused, "choices.0.message.content"), null);
    assert.notEqual(textAt(refused, "choices.0.message.refusal"), "");
    const attack = await say("hostile");
    for (const bait of ["![x](https:", "<script>", "command:", "javascript:", "data:text/html", "\u202E"]) {
      assert.ok(attack.includes(bait), bait);
    }
  });

  it("prove that history, system prompt and pictures arrived", async () => {
    const talk = (...texts: string[]) =>
      ask(simulator, {
        model: "moonshotai/Kimi-K2.6",
        messages: [
          { role: "system", content: "Speak like a sailor." },
          ...texts.map((content, i) => ({ role: i % 2 === 0 ? "user" : "assistant", content })),
        ],
      });
    assert.match(
      await talk("My name is Ada.", "Ahoy!", "And?", "Aye.", "What did I say first?"),
      /> My name is Ada\./,
    );
    assert.match(await talk("one", "two", "three", "four", "What did I say before?"), /> three/);
    assert.match(await talk("one", "two", "What did you say?"), /> two/);
    assert.match(
      await talk("one", "two", "How many messages do you see?"),
      /4 messages.*1 system, 2 user, 1 assistant/,
    );
    assert.match(await talk("What is in your system prompt?"), /> Speak like a sailor\./);
    const pixel =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAfbLI3wAAAABJRU5ErkJggg==";
    const content = [
      { type: "text", text: "Look" },
      { type: "image_url", image_url: { url: pixel } },
    ];
    const seen = await ask(simulator, {
      model: "moonshotai/Kimi-K2.6",
      messages: [{ role: "user", content }],
    });
    assert.match(seen, /an image \(PNG, 70 bytes, 1 × 1 pixels\)/);
  });

  it("think longer for more effort, and not at all for none", async () => {
    const lengths: number[] = [];
    for (const effort of ["none", "minimal", "low", "medium", "high", "xhigh"]) {
      const answer = await json(await post(simulator, question("hello", { reasoning_effort: effort })));
      lengths.push(textAt(answer, "choices.0.message.reasoning_content").length);
    }
    assert.equal(lengths[0], 0);
    assert.deepEqual(
      lengths,
      lengths.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(lengths).size, 6);
  });

  it("call the tools that are offered and asked for", async () => {
    const tool = (name: string) => ({
      type: "function",
      function: {
        name,
        parameters: { type: "object", required: ["q"], properties: { q: { enum: ["x", "y"] } } },
      },
    });
    const tools = [tool("find"), tool("open")];
    const calls = async (text: string, more: object) => {
      const answer = await json(await post(simulator, question(text, { tools, ...more })));
      const list = at(answer, "choices.0.message.tool_calls");
      return Array.isArray(list)
        ? list.map((call) => `${textAt(call, "function.name")} ${textAt(call, "function.arguments")}`)
        : [];
    };
    const both = 'call find with {"a":{"b":"}"}} and open with {"c":1}';
    assert.deepEqual(await calls(both, {}), ['find {"a":{"b":"}"}}', 'open {"c":1}']);
    assert.deepEqual(await calls(both, { parallel_tool_calls: false }), ['find {"a":{"b":"}"}}']);
    assert.deepEqual(await calls(both, { tool_choice: "none" }), []);
    assert.deepEqual(await calls("hello", { tool_choice: "required" }), ['find {"q":"x"}']);
    const one = { type: "function", function: { name: "open" } };
    assert.deepEqual(await calls("hello", { tool_choice: one }), ['open {"q":"x"}']);
    assert.deepEqual(await calls("call missing with {}", {}), []);
  });

  it("write a commit message for a diff", async () => {
    const diff =
      "diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1,2 @@\n-old\n+new\n+more\n";
    assert.equal(
      await say(`Write a commit message.\n\n\`\`\`diff\n${diff}\`\`\``),
      "Update a.ts\n\n- src/a.ts: 2 added, 1 removed",
    );
  });
});
