import type { IconName } from "../icons.ts";

/** One line of a popup list. */
export interface PopupOption {
  /** Unique in the list; the same option keeps it from one content to the next. */
  readonly id: string;
  readonly label: string;
  /** Behind the label or, with `isWide`, below it. */
  readonly detail: string;
  readonly icon?: IconName;
  /** Short remarks, such as what a model can do. */
  readonly badges?: readonly string[];
  readonly isWide?: boolean;
  /** In a list to choose one of: is it the one in force? */
  readonly isCurrent?: boolean;
  readonly choose: () => void;
}

export interface PopupGroup {
  /** Empty: without a heading. */
  readonly label: string;
  readonly options: readonly PopupOption[];
}

export interface PopupContent {
  readonly groups: readonly PopupGroup[];
  /** Above the options, e.g. that nothing was found. */
  readonly message?: string;
  /** More is on its way. */
  readonly isBusy?: boolean;
  /** No option is active until the person moves to one. */
  readonly isUnready?: boolean;
}

export function optionsOf(content: PopupContent): PopupOption[] {
  return content.groups.flatMap(({ options }) => options);
}
