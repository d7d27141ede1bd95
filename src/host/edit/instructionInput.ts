import * as vscode from "vscode";
import {
  forgetInstruction,
  readInstructions,
  rememberInstruction,
} from "../../core/edit/pastInstructions.ts";
import { DisposableStore } from "../../core/util/disposable.ts";

/** Keeps past instructions; a `vscode.Memento`. */
export interface InstructionMemory {
  get(key: string): unknown;
  update(key: string, value: readonly string[]): PromiseLike<void>;
}

const memoryKey = "valar.instructions";

/** Asks what to do, and offers what was asked before. */
export class InstructionInput {
  readonly #memory: InstructionMemory;

  constructor(memory: InstructionMemory) {
    this.#memory = memory;
  }

  /**
   * What the person wants, remembered if it is new; undefined when they leave. `value`: text to begin with. The box
   * has one line, so a longer one is shown on one and comes back as it was when nothing is changed.
   */
  async ask(value = ""): Promise<string | undefined> {
    const instruction = await this.#show(value.replace(/\s*\n\s*/g, " "));
    if (instruction === undefined) return undefined;
    if (withoutSpace(instruction) === withoutSpace(value)) return value;
    await this.#memory.update(memoryKey, rememberInstruction(this.#past, instruction));
    return instruction;
  }

  get #past(): readonly string[] {
    return readInstructions(this.#memory.get(memoryKey));
  }

  #show(value: string): Promise<string | undefined> {
    const store = new DisposableStore();
    const input = store.add(vscode.window.createQuickPick());
    input.title = vscode.l10n.t("Edit Selection");
    input.placeholder = vscode.l10n.t("What should change? For example: handle empty lists");
    input.ignoreFocusOut = true;
    input.value = value;
    const offer = (): void => {
      input.items = itemsFor(input.value, this.#past);
    };
    offer();
    store.add(input.onDidChangeValue(offer));
    store.add(
      input.onDidTriggerItemButton(({ item }) => {
        void this.#memory.update(memoryKey, forgetInstruction(this.#past, item.label)).then(offer);
      }),
    );
    return new Promise<string | undefined>((resolve) => {
      store.add(
        input.onDidAccept(() => {
          const chosen = chosenText(input);
          if (chosen === "") return;
          resolve(chosen);
          input.hide();
        }),
      );
      store.add(input.onDidHide(() => resolve(undefined)));
      input.show();
    }).finally(() => store.dispose());
  }
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

/** What is typed first, then past instructions that hold it. */
function itemsFor(value: string, past: readonly string[]): vscode.QuickPickItem[] {
  const typed = value.trim();
  const isOffered = (text: string): boolean =>
    text !== typed && text.toLowerCase().includes(typed.toLowerCase());
  return [
    ...(typed === ""
      ? []
      : [
          {
            label: typed,
            description: vscode.l10n.t("nothing is changed before you accept"),
            alwaysShow: true,
          },
        ]),
    ...past.filter(isOffered).map(pastItem),
  ];
}

function pastItem(label: string): vscode.QuickPickItem {
  const tooltip = vscode.l10n.t("Forget This Instruction");
  return {
    label,
    iconPath: new vscode.ThemeIcon("history"),
    buttons: [{ iconPath: new vscode.ThemeIcon("trash"), tooltip }],
    alwaysShow: true,
  };
}

/** One may type and press Enter before the list has followed: then what is typed counts. */
function chosenText({ activeItems, items, value }: vscode.QuickPick<vscode.QuickPickItem>): string {
  const [active] = activeItems;
  const isCurrent = active !== undefined && items.includes(active);
  const follows = items[0]?.label === value.trim() || value.trim() === "";
  return isCurrent && follows ? active.label : value.trim();
}
