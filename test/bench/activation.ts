/**
 * The time extensions take to start in a real VS Code's extension host: reading and running the code, and the call of
 * `activate` (budget for Valar's: 10 ms), as VS Code's “Startup Performance” tells it. Valar beside VS Code's own,
 * since machines differ. A first document starts it, as `onLanguage` does for a person.
 */
import { launchVscode } from "../e2e/support/launch.ts";
import type { Workbench } from "../e2e/support/workbench.ts";
import { until } from "../support/realVscode/until.ts";

const starts = 5;
const extension = "valar-vscode.valar";

const times = new Map<string, Start[]>();
const vscode = await launchVscode();
try {
  const window = await vscode.openWindow();
  for (let n = 0; n < starts; n++) {
    if (n > 0) await window.reloadWindow();
    await window.openFile("src/cart.ts");
    for (const start of await activationTimes(window)) {
      times.set(start.name, [...(times.get(start.name) ?? []), start]);
    }
  }
} finally {
  await vscode.close();
}
console.table(
  [...times].map(([name, each]) => ({
    extension: name,
    "load, median ms": median(each.map(({ loadMs }) => loadMs)),
    "activate(), median ms": median(each.map(({ activateMs }) => activateMs)),
    "activate(), each": each.map(({ activateMs }) => activateMs).join(" "),
  })),
);

interface Start {
  readonly name: string;
  readonly loadMs: number;
  readonly activateMs: number;
}

/** VS Code's own table of how each extension started. */
async function activationTimes(window: Workbench): Promise<Start[]> {
  await window.execute("perfview.show");
  const text = await until("VS Code's figures", async () => {
    const shown = (await window.activeEditor())?.text ?? "";
    return shown.includes(extension) ? shown : undefined;
  });
  const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const columns = rows.find((cells) => cells.includes("Call Activate")) ?? [];
  const cell = (cells: readonly string[], column: string): string => cells[columns.indexOf(column)] ?? "";
  return rows
    .filter((cells) => cells.length === columns.length && /^\d+$/.test(cell(cells, "Call Activate")))
    .map((cells) => ({
      name: cell(cells, "Extension"),
      loadMs: Number(cell(cells, "Load Code")),
      activateMs: Number(cell(cells, "Call Activate")),
    }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
