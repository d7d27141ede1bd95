import assert from "node:assert/strict";
import fc from "fast-check";
import { readOwnPrompts, readPromptFile, readPromptFiles } from "../../../../src/core/chat/ownPrompts.ts";
import {
  builtInNames,
  builtInPrompts,
  fillPrompt,
  isCommandName,
  parseCommand,
} from "../../../../src/core/chat/slashCommands.ts";

describe("a slash command", () => {
  it("is a slash and a name at the start, and what follows is the person's own", () => {
    const cases: readonly (readonly [string, ReturnType<typeof parseCommand>])[] = [
      ["/fix", { name: "fix", input: "" }],
      ["  /fix  the loop\nand the rest ", { name: "fix", input: "the loop\nand the rest" }],
      ["/fix\nnow", { name: "fix", input: "now" }],
      ["/überprüfen a", { name: "überprüfen", input: "a" }],
      ["/usr/bin/env is what?", undefined],
      ["/ fix", undefined],
      ["//fix", undefined],
      ["fix", undefined],
      ["what does /fix do?", undefined],
      ["", undefined],
    ];
    assert.deepEqual(
      cases.map(([text]) => parseCommand(text)),
      cases.map(([, command]) => command),
    );
  });

  it("comes back from any name and words", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 }).filter(isCommandName);
    fc.assert(
      fc.property(name, fc.string(), (called, input) => {
        assert.deepEqual(parseCommand(`/${called} ${input}`), { name: called, input: input.trim() });
      }),
    );
  });

  it("puts the words in their places to the letter, or at the end", () => {
    fc.assert(
      fc.property(fc.string(), (input) => {
        assert.equal(fillPrompt("a {{input}} b {{ input }}", input), `a ${input} b ${input}`);
        assert.equal(fillPrompt("a", input), input === "" ? "a" : `a\n\n${input}`);
      }),
    );
    assert.equal(fillPrompt("{{input}}!", "$& $1 {{input}}"), "$& $1 {{input}}!");
  });

  it("has a prompt for every built-in name, with the words at its end", () => {
    for (const name of builtInNames) {
      assert.ok(isCommandName(name));
      assert.ok(fillPrompt(builtInPrompts[name], "in French").endsWith(".\n\nin French"));
    }
  });
});

describe("prompts of one's own", () => {
  it("are texts, or texts with a description, else their beginning", () => {
    const read = readOwnPrompts({
      short: "# Review this\nline by line",
      long: { description: "Says more", prompt: "Say more about {{input}}." },
      wordy: "w".repeat(200),
    });
    assert.deepEqual(read, {
      prompts: [
        { name: "short", description: "Review this", prompt: "# Review this\nline by line" },
        { name: "long", description: "Says more", prompt: "Say more about {{input}}." },
        { name: "wordy", description: `${"w".repeat(79)}…`, prompt: "w".repeat(200) },
      ],
      problems: [],
    });
  });

  it("cannot take a built-in name, nor one that could not be typed", () => {
    const read = readOwnPrompts({ fix: "x", "two words": "x", "": "x", "/a": "x", empty: " ", number: 1 });
    assert.deepEqual(read, {
      prompts: [],
      problems: [
        { name: "fix", reason: "builtIn" },
        { name: "two words", reason: "badName" },
        { name: "", reason: "badName" },
        { name: "/a", reason: "badName" },
        { name: "empty", reason: "badPrompt" },
        { name: "number", reason: "badPrompt" },
      ],
    });
    assert.equal(readOwnPrompts("x"), undefined);
  });

  it("of any setting are usable or named as a problem", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (setting) => {
        const { prompts, problems } = readOwnPrompts(setting) ?? assert.fail();
        assert.equal(prompts.length + problems.length, Object.keys(setting).length);
        for (const { name, prompt } of prompts) assert.equal(parseCommand(`/${name}`)?.name, name, prompt);
      }),
    );
  });
});

describe("a prompt file", () => {
  const cases: readonly (readonly [string, description: string, prompt: string])[] = [
    ["Just text.\n", "", "Just text."],
    ["---\ndescription: What it does\n---\nText.\n", "What it does", "Text."],
    ["\uFEFF---\r\ndescription: 'What: it does'\r\n---\r\nText.\r\n", "What: it does", "Text."],
    ["---\nname: x\ndescription: \"Say 'hi'\"\nmodel: y\n---\n\n# Text\n", "Say 'hi'", "# Text"],
    ["---\n---\nText.", "", "Text."],
    ["---\ndescription: only a start\nText.", "", "---\ndescription: only a start\nText."],
    ["Text.\n---\ndescription: no front matter\n---\n", "", "Text.\n---\ndescription: no front matter\n---"],
    ["---\ndescription: x\n---", "x", ""],
    ["---\ndescription:\n---\nText.", "", "Text."],
    ["---\ndescription: a\n---\n---\nText.", "a", "---\nText."],
  ];
  for (const [text, description, prompt] of cases) {
    it(`is read: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readPromptFile(text), { description, prompt });
    });
  }

  it("is called by its name, with dashes for spaces", () => {
    const { prompts, problems } = readPromptFiles([
      { name: "Review my code", text: "Review." },
      { name: "docs", text: "x" },
      { name: "empty", text: "" },
    ]);
    assert.deepEqual(prompts, [{ name: "Review-my-code", description: "Review.", prompt: "Review." }]);
    assert.deepEqual(problems, [
      { name: "docs", reason: "builtIn" },
      { name: "empty", reason: "badPrompt" },
    ]);
  });

  it("of any content is read without failing, its end kept", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (start, end) => {
        const { prompt } = readPromptFile(`${start}\nx${end.trim()}`);
        assert.ok(prompt.endsWith(`x${end.trim()}`));
      }),
    );
  });
});
