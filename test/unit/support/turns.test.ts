import assert from "node:assert/strict";
import { fromBothEnds, type Turn } from "../../support/realVscode/turns.ts";

describe("programs that run two at a time", () => {
  it("print one after the other, whoever ends first, and each at once when it is its turn", async () => {
    const printed: string[] = [];
    let endFirst: (result: string) => void = () => undefined;
    const first = new Promise<string>((resolve) => (endFirst = resolve));
    const turns: Turn[] = [];
    const all = fromBothEnds(
      [
        (turn) => {
          turns.push(turn);
          turn.write("a1 ");
          return first;
        },
        (turn) => {
          turns.push(turn);
          turn.write("b1 ");
          return Promise.resolve("b");
        },
      ],
      (text) => printed.push(text),
    );
    assert.equal(printed.join(""), "a1 ");
    turns[1]?.write("b2 ");
    turns[0]?.write("a2 ");
    assert.equal(printed.join(""), "a1 a2 ");
    endFirst("a");
    assert.deepEqual(await all, ["a", "b"]);
    assert.equal(printed.join(""), "a1 a2 b1 b2 ");
    turns[1]?.write("b3");
    assert.equal(printed.at(-1), "b3");
  });

  it("are taken from both ends of the list, each once", async () => {
    const running: number[] = [];
    const end: (() => void)[] = [];
    const works = [0, 1, 2, 3, 4].map((at) => () => {
      running.push(at);
      return new Promise<number>((resolve) => (end[at] = () => resolve(at)));
    });
    const all = fromBothEnds(works, () => undefined);
    for (const ended of [4, 3, 0, 2]) {
      const before = running.length;
      end[ended]?.();
      while (running.length === before && before < works.length) await Promise.resolve();
    }
    end[1]?.();
    assert.deepEqual(await all, [0, 1, 2, 3, 4]);
    assert.deepEqual(running, [0, 4, 3, 2, 1]);
  });

  it("end and print although one of them throws", async () => {
    const printed: string[] = [];
    const all = fromBothEnds(
      [
        () => Promise.reject(new Error("gone")),
        (turn) => {
          turn.write("still here");
          return Promise.resolve();
        },
      ],
      (text) => printed.push(text),
    );
    await assert.rejects(all, /gone/);
    assert.deepEqual(printed, ["still here"]);
  });
});
