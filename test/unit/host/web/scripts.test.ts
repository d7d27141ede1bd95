import assert from "node:assert/strict";
import { readScripts, runScripts } from "../../../../src/host/web/scripts.ts";

const folder: Readonly<Record<string, string>> = {
  "entry.cjs": `const a = require("./a.cjs"); const { api } = require("api");
    exports.a = a.name; exports.api = api;
    exports.later = { get count() { return require("./later.cjs").count(); } };`,
  "a.cjs": `module.exports = { name: "a", entry: require("./entry.cjs") };`,
  "later.cjs": `let count = 0; globalThis.valarScriptRuns = (globalThis.valarScriptRuns ?? 0) + 1;
    exports.count = () => ++count + require("./a.cjs").name;`,
  "other.cjs": `throw new Error("nobody asked for it");`,
};

const read = async (name: string): Promise<string> =>
  Promise.resolve(folder[name] ?? assert.fail(`${name} was read`));

describe("scripts on the web", () => {
  it("are read once each: those that are required at once or later, and no other", async () => {
    const names: string[] = [];
    const scripts = await readScripts("entry.cjs", async (name) => {
      names.push(name);
      return read(name);
    });
    assert.deepEqual(names.sort(), ["a.cjs", "entry.cjs", "later.cjs"]);
    assert.deepEqual([...scripts.keys()].sort(), names);
  });

  it("run once each, when they are first required, with the modules they are given", async () => {
    const scripts = await readScripts("entry.cjs", read);
    const entry = runScripts("entry.cjs", scripts, { api: { api: 7 } });
    assert.ok(
      typeof entry === "object" && entry !== null && "later" in entry && "a" in entry && "api" in entry,
    );
    assert.deepEqual([entry.a, entry.api], ["a", 7]);
    assert.equal(Reflect.get(globalThis, "valarScriptRuns"), undefined);
    const { later } = entry;
    assert.ok(typeof later === "object" && later !== null && "count" in later);
    assert.deepEqual([later.count, later.count], ["1a", "2a"]);
    assert.equal(Reflect.get(globalThis, "valarScriptRuns"), 1);
    Reflect.deleteProperty(globalThis, "valarScriptRuns");
  });

  it("fail by name where one is missing", () => {
    assert.throws(
      () => runScripts("entry.cjs", new Map([["entry.cjs", `require("./gone.cjs")`]]), {}),
      /gone\.cjs/,
    );
    assert.throws(() => runScripts("none.cjs", new Map(), {}), /none\.cjs/);
  });
});
