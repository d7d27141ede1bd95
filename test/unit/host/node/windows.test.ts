import fc from "fast-check";
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  changeConversation,
  type Conversation,
  type ConversationChange,
  emptyConversation,
} from "../../../../src/core/chat/conversation.ts";
import { ConversationFiles } from "../../../../src/host/conversationFiles.ts";
import { NodeHistoryFiles } from "../../../../src/host/node/nodeHistoryFiles.ts";
import { question } from "../../core/chat/samples.ts";

/** A window that has the conversation open, on a disk that may fail it. */
class Window {
  readonly files: NodeHistoryFiles;
  #store: ConversationFiles;
  #conversation = emptyConversation("c", 1);

  constructor(folder: string) {
    this.files = new NodeHistoryFiles(folder);
    this.#store = new ConversationFiles(this.files, { warn: () => undefined });
  }

  async open(): Promise<Conversation> {
    // As after a reload: nothing is known any more.
    this.#store = new ConversationFiles(this.files, { warn: () => undefined });
    const read = await this.#store.read("c");
    assert.ok(read);
    this.#conversation = read;
    return read;
  }

  save(...changes: readonly ConversationChange[]): Promise<void> {
    this.#conversation = changes.reduce(changeConversation, this.#conversation);
    return this.#store.save(this.#conversation, changes);
  }

  /** An append that the disk took only the beginning of. */
  async saveTorn(change: ConversationChange): Promise<void> {
    const { files } = this;
    const append = files.append.bind(files);
    files.append = async (name, bytes) => {
      await append(name, bytes.subarray(0, bytes.length / 2));
      throw new Error("no space left on device");
    };
    await assert.rejects(this.save(change));
    files.append = append;
  }
}

type Step =
  | { readonly type: "ask"; readonly isTorn: boolean }
  | { readonly type: "delete" }
  | { readonly type: "open" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant("ask" as const), isTorn: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("ask" as const), isTorn: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("delete" as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("open" as const) }) },
);

describe("windows that share a conversation on a disk", function () {
  this.timeout(60_000);

  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-windows-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const asked = (id: string): ConversationChange => ({ type: "asked", message: question(id, undefined) });

  it("lose nothing that one adds while another opens it and makes its file smaller", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 30 }),
        fc.array(step, { minLength: 4, maxLength: 30 }),
        async (...all) => {
          await rm(folder, { recursive: true, force: true });
          const windows = all.map(() => new Window(folder));
          await windows[0]?.save(asked("first"));
          const added = new Set(["first"]);
          const run = async (window: Window, at: number) => {
            for (const [index, each] of (all[at] ?? []).entries()) {
              const id = `${String(at)}-${String(index)}`;
              if (each.type === "open") {
                await window.open();
              } else if (each.type === "delete") {
                // Gone at the next opening, which therefore writes the file anew.
                await window.save(asked(`gone-${id}`), { type: "deleted", id: `gone-${id}` });
              } else {
                await (each.isTorn ? window.saveTorn(asked(id)) : window.save(asked(id)));
                if (each.isTorn) {
                  await window.save(asked(`after-${id}`));
                  added.add(`after-${id}`);
                }
                added.add(id);
              }
            }
          };
          await windows[1]?.open();
          await Promise.all(windows.map(run));
          const { messages } = await new Window(folder).open();
          const kept = messages.map(({ id }) => id);
          assert.deepEqual(kept.toSorted(), [...added].sort());
        },
      ),
      { numRuns: 25 },
    );
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !/^c\.log(\.damaged)?$/.test(name)),
      [],
      "no lock and no half-written file is left",
    );
  });
});
