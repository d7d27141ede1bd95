import type { BranchView } from "../protocol/chat.ts";
import { element, fill, iconButton } from "./dom.ts";
import { icon } from "./icons.ts";
import { nameAction } from "./keepFocus.ts";
import type { PanelContext } from "./panelContext.ts";

/** “2 of 3” with buttons to the wordings, or answers, before and after. */
export function branchSwitch(messageId: string, branch: BranchView, context: PanelContext): HTMLElement {
  const { strings } = context;
  const step = (by: -1 | 1): HTMLButtonElement => {
    const index = branch.index + by;
    const isThere = index >= 0 && index < branch.count;
    const [label, action] =
      by < 0 ? [strings.previousVersion, "previousVersion"] : [strings.nextVersion, "nextVersion"];
    const button = iconButton(icon(by < 0 ? "previous" : "chevron"), label, () => {
      if (isThere) context.ask("switchBranch", { messageId, index });
    });
    // Not `disabled`, which would drop the focus.
    button.setAttribute("aria-disabled", String(!isThere));
    return nameAction(button, action);
  };
  const place = element("span", "branchPlace", fill(strings.versionOf, branch.index + 1, branch.count));
  const group = element("div", "branchSwitch", step(-1), place, step(1));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", strings.versions);
  return group;
}
