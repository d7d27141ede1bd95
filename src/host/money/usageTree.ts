import * as vscode from "vscode";
import type { CompletionWindow } from "../../core/api/types.ts";
import { compactCount } from "../../core/money/compactCount.ts";
import type { Spent } from "../../core/money/spent.ts";
import { type UsageGroup, usageGroups } from "../../core/money/usageGroups.ts";
import type { UsageRecord } from "../../core/money/usageRecord.ts";
import { spentText } from "./moneyText.ts";
import { dayOf } from "./usageLedger.ts";

export interface UsageTreeDeps {
  readonly history: () => Promise<readonly UsageRecord[]>;
  readonly modelName: (id: string) => string;
  readonly windowName: (window: CompletionWindow) => string;
  /** Unix time, ms. */
  readonly now: () => number;
}

/** A row: what it stands for, and the names above it, by which VS Code knows it again. */
interface Row {
  readonly group: UsageGroup;
  readonly path: string;
}

/** The rows of the view “Usage”: by day, model and completion window. */
export class UsageTree implements vscode.TreeDataProvider<Row> {
  readonly #deps: UsageTreeDeps;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: UsageTreeDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    const groups = row === undefined ? usageGroups(await this.#deps.history(), dayOf) : row.group.groups;
    return groups.map((group) => ({ group, path: `${row?.path ?? ""}/${group.name}` }));
  }

  getTreeItem({ group, path }: Row): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const isToday = group.level === "day" && group.name === dayOf(this.#deps.now());
    const closed = isToday ? Expanded : Collapsed;
    const label = this.#label(group);
    const item = new vscode.TreeItem(label, group.groups.length === 0 ? None : closed);
    const parts = spentParts(group.spent);
    item.id = path;
    // All of it does not fit into a side bar.
    item.description = parts.slice(0, 2).join(" · ");
    item.tooltip = [label, ...parts].join("\n");
    item.accessibilityInformation = { label: [label, ...parts].join(", ") };
    return item;
  }

  #label({ level, name }: UsageGroup): string {
    if (level === "day") return this.#dayLabel(name);
    if (level === "model") return this.#deps.modelName(name);
    if (name === "asap" || name === "standard") return this.#deps.windowName(name);
    return name === "" ? vscode.l10n.t("Window not known") : name;
  }

  #dayLabel(day: string): string {
    const now = new Date(this.#deps.now());
    const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
    if (day === dayOf(now.getTime())) return vscode.l10n.t("Today");
    if (day === dayOf(yesterday.getTime())) return vscode.l10n.t("Yesterday");
    const style = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: "medium", timeZone: "UTC" });
    return style.format(new Date(`${day}T00:00:00Z`));
  }
}

/** Cost, requests and tokens, each in a few words, and what matters most first. */
function spentParts(spent: Spent): readonly string[] {
  const { usd, requests, unpriced, promptTokens, completionTokens } = spent;
  const count = (tokens: number): string => compactCount(tokens, vscode.env.language);
  return [
    unpriced === requests && usd === 0 ? vscode.l10n.t("cost unknown") : spentText(spent),
    requests === 1 ? vscode.l10n.t("1 request") : vscode.l10n.t("{0} requests", requests),
    vscode.l10n.t("{0} in", count(promptTokens)),
    vscode.l10n.t("{0} out", count(completionTokens)),
    ...(unpriced > 0 && unpriced < requests ? [vscode.l10n.t("{0} of unknown cost", unpriced)] : []),
  ];
}
