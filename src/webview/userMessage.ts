import type { UserMessageView } from "../protocol/chat.ts";
import { branchSwitch } from "./branchSwitch.ts";
import { messageChip } from "./contextChips.ts";
import { copyButton } from "./copyButton.ts";
import { element, iconButton, withOwnDirection } from "./dom.ts";
import { icon } from "./icons.ts";
import { keepFocus, nameAction } from "./keepFocus.ts";
import { visibleNodes } from "./markdown/visibleText.ts";
import { deleteButton } from "./messageActions.ts";
import { MessageEditor } from "./messageEditor.ts";
import type { PanelContext } from "./panelContext.ts";

/** A message of the person's own: its text, or the box in which they change it. */
export class UserMessage {
  readonly #element: HTMLElement;
  readonly #context: PanelContext;
  #message: UserMessageView;
  #editor: MessageEditor | undefined;
  #isFromBox = false;

  constructor(host: HTMLElement, message: UserMessageView, context: PanelContext) {
    this.#element = host;
    this.#context = context;
    this.#message = message;
    const unfinished = context.page.edit(message.id);
    if (unfinished === undefined) this.#show();
    else this.#open(unfinished);
  }

  update(message: UserMessageView): void {
    if (message === this.#message) return;
    this.#message = message;
    if (this.#editor === undefined) this.#show();
  }

  /** Starts the edit, or goes on with it. When it is left, the focus goes to the message or back to the box. */
  edit(isFromBox: boolean): void {
    this.#isFromBox = isFromBox;
    if (this.#editor === undefined) this.#open(this.#message.text).replace(this.#left);
    this.#editor?.focus();
    this.#element.scrollIntoView({ block: "nearest" });
  }

  /** The wording of an edit that was left, or the message's own. */
  get #left(): string {
    return this.#context.page.leftEdit(this.#message.id) ?? this.#message.text;
  }

  #open(text: string): MessageEditor {
    const { id } = this.#message;
    const editor = new MessageEditor(id, text, this.#context, (sent) => this.#close(sent));
    this.#editor = editor;
    this.#element.classList.add("editing");
    this.#element.replaceChildren(editor.element, ...this.#chips());
    return editor;
  }

  #close(sent: boolean): void {
    const { page } = this.#context;
    const { id, text } = this.#message;
    if (sent || this.#editor?.text === text) page.forgetEdit(id);
    else page.leaveEdit(id);
    this.#editor = undefined;
    this.#element.classList.remove("editing");
    this.#show();
    if (sent || this.#isFromBox) this.#context.focusBox();
    else this.#element.focus();
  }

  #show(): void {
    const { text, id, branch } = this.#message;
    const bubble = withOwnDirection(element("div", "bubble", ...visibleNodes(text)));
    const parts = [bubble, this.#actions(), ...this.#chips()];
    if (branch !== undefined) parts.push(branchSwitch(id, branch, this.#context));
    const change = (): void => this.#element.replaceChildren(...parts);
    keepFocus(this.#element, change, () => this.#element.focus());
  }

  /** What the message carries, a new wording too. */
  #chips(): HTMLElement[] {
    const { context: items, id } = this.#message;
    if (items.length === 0) return [];
    return [element("div", "chips", ...items.map((item) => messageChip(item, id, this.#context)))];
  }

  #actions(): HTMLElement {
    const { id, text } = this.#message;
    const { strings, copy } = this.#context;
    const edit = iconButton(icon("edit"), strings.editAndResend, () => this.edit(false));
    return element(
      "div",
      "actions",
      nameAction(edit, "edit"),
      nameAction(
        copyButton(strings, () => copy(text)),
        "copy",
      ),
      deleteButton(id, this.#context),
    );
  }
}
