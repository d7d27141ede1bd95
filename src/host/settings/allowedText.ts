import { l10n } from "vscode";
import { completionWindows, maxUserLength, reasoningEfforts } from "../../core/api/parameterValues.ts";
import {
  activeEditorContexts,
  type Allowed,
  fileKilobytesRange,
  leastContextTokens,
  timeoutRange,
} from "./values.ts";

/** What a setting may be, for a message that ends in “must be …”. */
export function allowedText(allowed: Allowed): string {
  const texts: Readonly<Record<Allowed, string>> = {
    modelId: l10n.t("a model id"),
    reasoningEffort: l10n.t("{0} or null", reasoningEfforts.join(", ")),
    completionWindow: l10n.t("{0} or {1}", ...completionWindows),
    temperature: l10n.t("a number from 0 to 2 or null"),
    topP: l10n.t("a number from 0 to 1 or null"),
    tokens: l10n.t("a whole number of at least 1 or null"),
    contextTokens: l10n.t("a whole number of at least {0} or null", leastContextTokens),
    text: l10n.t("text"),
    user: l10n.t("text of at most {0} characters", maxUserLength),
    webUrl: l10n.t("an http or https address or empty"),
    textMap: l10n.t("an object whose values are texts"),
    itsOwnSetting: l10n.t("set by its own setting or command"),
    responseFormat: l10n.t("text, json_object, the path of a .json file or empty"),
    seconds: l10n.t("a whole number of seconds from {0} to {1}", timeoutRange.least, timeoutRange.most),
    usd: l10n.t("a number of US dollars of at least 0 or null"),
    activeEditorContext: l10n.t("{0}, {1} or {2}", ...activeEditorContexts),
    trueOrFalse: l10n.t("true or false"),
    kilobytes: l10n.t(
      "a whole number of kilobytes from {0} to {1}",
      fileKilobytesRange.least,
      fileKilobytesRange.most,
    ),
  };
  return texts[allowed];
}
