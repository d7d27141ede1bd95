import assert from "node:assert/strict";
import { holdsFunction, isFunctionValue } from "../../../../src/core/edit/functionText.ts";

describe("variables that hold functions", () => {
  for (const text of [
    "f = () => {\n}",
    "f = async ({ a, b = 1 }) => {\n}",
    "f: (a: number) => string = (a) => {\n}",
    "App: React.FC<Props> = ({ name }) => {\n}",
    "App = memo(function App() {\n})",
    "App = React.memo(forwardRef<Ref, Props>((props, ref) => {\n}))",
    "f = <T,>(value: T) => {\n}",
    "handle: async (event) => {\n}",
    "private readonly handle = event => {\n}",
    "f = func(a int) {\n}",
  ]) {
    it(`are functions: ${JSON.stringify(text)}`, () => {
      assert.ok(holdsFunction(text));
      assert.ok(isFunctionValue(text));
    });
  }

  for (const text of [
    "routes = {\n  home: () => 1,\n}",
    "list = [\n  () => 1,\n]",
    "config: Config = {\n  run: () => 1,\n}",
    "sum = (\n  a + b\n)",
    "text = `\n`",
  ]) {
    it(`are none themselves: ${JSON.stringify(text)}`, () => assert.ok(!isFunctionValue(text)));
  }

  it("are blocks also where the function or class is further inside", () => {
    assert.ok(holdsFunction("routes = {\n  home: () => 1,\n}"));
    assert.ok(holdsFunction("A = class {\n}"));
    assert.ok(!holdsFunction("sum = (\n  a + b\n)"));
  });
});
