import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import { MenuCommand } from "./commands/menuCommand.ts";
import { ModelCommand } from "./commands/modelCommand.ts";
import { WindowCommand } from "./commands/windowCommand.ts";

/** The picks that a person chooses from. */
export interface Menus {
  readonly menu: MenuCommand;
  readonly model: ModelCommand;
  readonly window: WindowCommand;
}

export function makeMenus({ money }: Base, { models, errors }: Api): Menus {
  return {
    menu: new MenuCommand({
      current: () => models.current(),
      spent: () => money.spentText(),
      isOverBudget: () => money.isOverBudget,
      lift: () => money.spending.lift(),
      changeBudget: () => errors.perform("changeBudget"),
    }),
    model: new ModelCommand(models),
    window: new WindowCommand(models),
  };
}
