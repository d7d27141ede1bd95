import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { UsageRecord } from "../../../src/core/money/usageRecord.ts";
import { UsageTree } from "../../../src/host/money/usageTree.ts";

const noon = new Date(2026, 5, 30, 12).getTime();
const dayMs = 24 * 60 * 60 * 1000;
let keys = 0;

function record(more: Partial<UsageRecord> = {}): UsageRecord {
  return {
    ...{ key: `key-${String(keys++)}`, at: noon, model: "a/one", window: "asap" },
    ...{ promptTokens: 12_345, completionTokens: 50, costUsd: 0.25 },
    ...more,
  };
}

const stopped = { promptTokens: undefined, completionTokens: undefined, costUsd: undefined };

const text = (part: unknown): string => (typeof part === "string" ? part : "not a text");

function treeOf(records: readonly UsageRecord[]): UsageTree {
  return new UsageTree({
    history: () => Promise.resolve(records),
    modelName: (id) => id.toUpperCase(),
    windowName: (window) => `window ${window}`,
    now: () => noon,
  });
}

/** The rows as they are read, each below the one it belongs to. */
async function rows(records: readonly UsageRecord[]): Promise<readonly string[]> {
  const tree = treeOf(records);
  const ids = new Set<string | undefined>();
  const below = async (
    parent: Parameters<UsageTree["getChildren"]>[0],
    indent: string,
  ): Promise<string[]> => {
    const lines: string[] = [];
    for (const row of await tree.getChildren(parent)) {
      const item = tree.getTreeItem(row);
      assert.ok(!ids.has(item.id), "each row has an id of its own");
      ids.add(item.id);
      const isOpen = item.collapsibleState === vscode.TreeItemCollapsibleState.Expanded;
      lines.push(`${indent}${isOpen ? "▾ " : ""}${text(item.label)}: ${text(item.description)}`);
      lines.push(...(await below(row, `${indent}  `)));
    }
    return lines;
  };
  try {
    return await below(undefined, "");
  } finally {
    tree.dispose();
  }
}

describe("the usage view", () => {
  it("lists days, models and windows, the latest day first and open", async () => {
    const all = [
      record({ at: noon - 3 * dayMs }),
      record({ at: noon - dayMs, window: "standard" }),
      record(),
      record(),
      record({ model: "a/two", costUsd: 1 }),
    ];
    assert.deepEqual(await rows(all), [
      "▾ Today: $1.50 · 3 requests",
      "  A/TWO: $1.00 · 1 request",
      "    window asap: $1.00 · 1 request",
      "  A/ONE: $0.50 · 2 requests",
      "    window asap: $0.50 · 2 requests",
      "Yesterday: $0.25 · 1 request",
      "  A/ONE: $0.25 · 1 request",
      "    window standard: $0.25 · 1 request",
      "Jun 27, 2026: $0.25 · 1 request",
      "  A/ONE: $0.25 · 1 request",
      "    window asap: $0.25 · 1 request",
    ]);
  });

  it("says “at least” where a cost is not known, and no amount where none is", async () => {
    assert.deepEqual(await rows([record(), record(stopped)]), [
      "▾ Today: at least $0.25 · 2 requests",
      "  A/ONE: at least $0.25 · 2 requests",
      "    window asap: at least $0.25 · 2 requests",
    ]);
    const [day] = await rows([record({ ...stopped, window: undefined })]);
    assert.equal(day, "▾ Today: cost unknown · 1 request");
  });

  it("tells the rest in the tooltip, and to a screen reader", async () => {
    const tree = treeOf([record(), record(stopped)]);
    const [day] = await tree.getChildren();
    assert.ok(day);
    const { tooltip, accessibilityInformation } = tree.getTreeItem(day);
    const parts = ["Today", "at least $0.25", "2 requests", "12.3k in", "50 out", "1 of unknown cost"];
    assert.equal(tooltip, parts.join("\n"));
    assert.equal(accessibilityInformation?.label, parts.join(", "));
    tree.dispose();
  });

  it("is empty when nothing was used", async () => {
    assert.deepEqual(await rows([]), []);
  });
});
