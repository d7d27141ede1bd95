import assert from "node:assert/strict";
import { DisposableStore, toDisposable } from "../../../../src/core/util/disposable.ts";

describe("DisposableStore", () => {
  it("disposes in reverse order, once", () => {
    const order: number[] = [];
    const store = new DisposableStore();
    for (const n of [1, 2, 3]) store.add(toDisposable(() => order.push(n)));
    store.dispose();
    store.dispose();
    assert.deepEqual(order, [3, 2, 1]);
  });

  it("disposes a late add at once", () => {
    const store = new DisposableStore();
    store.dispose();
    let disposed = 0;
    store.add(toDisposable(() => (disposed += 1)));
    assert.equal(disposed, 1);
  });

  it("gives every item its turn when one throws", () => {
    const store = new DisposableStore();
    let disposed = false;
    store.add(toDisposable(() => (disposed = true)));
    store.add(
      toDisposable(() => {
        throw new Error("broken");
      }),
    );
    assert.throws(() => store.dispose(), AggregateError);
    assert.equal(disposed, true);
  });

  it("forgets what was deleted", () => {
    const store = new DisposableStore();
    let disposed = 0;
    const item = store.add(toDisposable(() => (disposed += 1)));
    store.delete(item);
    store.dispose();
    assert.equal(disposed, 1);
  });

  it("stays usable after clear", () => {
    const store = new DisposableStore();
    store.clear();
    let disposed = 0;
    store.add(toDisposable(() => (disposed += 1)));
    assert.equal(disposed, 0);
    store.dispose();
    assert.equal(disposed, 1);
  });
});
