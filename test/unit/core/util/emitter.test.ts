import assert from "node:assert/strict";
import { Emitter } from "../../../../src/core/util/emitter.ts";

describe("Emitter", () => {
  it("calls listeners in order until they are disposed", () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    const first = emitter.event((n) => heard.push(`a${n}`));
    emitter.event((n) => heard.push(`b${n}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    assert.deepEqual(heard, ["a1", "b1", "b2"]);
  });

  it("does not call a listener removed while firing", () => {
    const emitter = new Emitter<void>();
    let heard = false;
    emitter.event(() => second.dispose());
    const second = emitter.event(() => (heard = true));
    emitter.fire();
    assert.equal(heard, false);
  });

  it("lets the others hear when one throws", () => {
    const emitter = new Emitter<void>();
    let heard = false;
    emitter.event(() => {
      throw new Error("mine");
    });
    emitter.event(() => (heard = true));
    assert.throws(() => emitter.fire(), /mine/);
    assert.equal(heard, true);
  });

  it("is silent after dispose", () => {
    const emitter = new Emitter<void>();
    let heard = 0;
    emitter.event(() => (heard += 1));
    emitter.dispose();
    emitter.event(() => (heard += 1));
    emitter.fire();
    assert.equal(heard, 0);
    assert.equal(emitter.hasListeners, false);
  });
});
