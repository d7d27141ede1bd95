import { completionWindows, maxUserLength, reasoningEfforts } from "../../core/api/parameterValues.ts";
import type { CompletionWindow, ReasoningEffort } from "../../core/api/types.ts";
import { isRecord } from "../../core/util/record.ts";
import type { SettingId } from "../contributions.ts";

/** What a setting may be, by a name that `allowedText` puts into words. */
export type Allowed =
  | "modelId"
  | "reasoningEffort"
  | "completionWindow"
  | "temperature"
  | "topP"
  | "tokens"
  | "contextTokens"
  | "text"
  | "user"
  | "webUrl"
  | "textMap"
  | "itsOwnSetting"
  | "responseFormat"
  | "seconds"
  | "usd"
  | "activeEditorContext"
  | "trueOrFalse"
  | "kilobytes";

export interface BadValue {
  readonly type: "bad";
  /** The part of the setting that is wrong, such as `["name"]`; empty for all of it. */
  readonly part: string;
  /** The value as it is told to the person; undefined when it may be a secret. */
  readonly shown: string | undefined;
  readonly allowed: Allowed;
}
export type Checked<T> = { readonly type: "ok"; readonly value: T } | BadValue;
export type Check<T> = (value: unknown) => Checked<T>;

/** Seconds that a time limit may have: up to a day. */
export const timeoutRange = { least: 1, most: 86_400 } as const;

/** Kilobytes that one piece of context may be allowed. */
export const fileKilobytesRange = { least: 1, most: 4096 } as const;

/** What comes along of the active editor by itself: only what is selected, else the file too, or nothing. */
export const activeEditorContexts = ["selection", "file", "off"] as const;
export type ActiveEditorContext = (typeof activeEditorContexts)[number];

/** Less would leave no room for a question. */
export const leastContextTokens = 1000;

const usd = check(orNull(isBetween(0, Number.MAX_VALUE)), "usd");
const seconds = check(isIntegerBetween(timeoutRange.least, timeoutRange.most), "seconds");

/** The settings that are one value each, as they come out of `settingChecks`. `null` leaves the field out. */
export interface CheckedValues {
  "valar.model": string;
  "valar.reasoningEffort": ReasoningEffort | null;
  "valar.completionWindow": CompletionWindow;
  "valar.temperature": number | null;
  "valar.topP": number | null;
  "valar.maxCompletionTokens": number | null;
  "valar.instructions": string;
  "valar.user": string;
  "valar.metadata": Readonly<Record<string, string>>;
  "valar.completionWebhook": string;
  "valar.responseFormat": string;
  "valar.timeouts.headers": number;
  "valar.timeouts.idle": number;
  "valar.timeouts.total": number;
  "valar.budget.session": number | null;
  "valar.budget.day": number | null;
  "valar.context.activeEditor": ActiveEditorContext;
  "valar.context.rules": boolean;
  "valar.context.maxFileKilobytes": number;
  "valar.context.maxTokens": number | null;
  "valar.codeLens": boolean;
}
export type CheckedSettingId = keyof CheckedValues & SettingId;

/** The ranges are those of package.json, which a test proves. */
export const settingChecks: { readonly [K in CheckedSettingId]: Check<CheckedValues[K]> } = {
  "valar.model": check(isFilledText, "modelId"),
  "valar.reasoningEffort": check(orNull(isOneOf(reasoningEfforts)), "reasoningEffort"),
  "valar.completionWindow": check(isOneOf(completionWindows), "completionWindow"),
  "valar.temperature": check(orNull(isBetween(0, 2)), "temperature"),
  "valar.topP": check(orNull(isBetween(0, 1)), "topP"),
  "valar.maxCompletionTokens": check(orNull(isIntegerBetween(1, Number.MAX_SAFE_INTEGER)), "tokens"),
  "valar.instructions": check(isText, "text"),
  "valar.user": check(isShortText(maxUserLength), "user"),
  "valar.metadata": checkTextMap,
  "valar.completionWebhook": check(isEmptyOrWebUrl, "webUrl"),
  "valar.responseFormat": check(isResponseFormat, "responseFormat"),
  "valar.timeouts.headers": seconds,
  "valar.timeouts.idle": seconds,
  "valar.timeouts.total": seconds,
  "valar.budget.session": usd,
  "valar.budget.day": usd,
  "valar.context.activeEditor": check(isOneOf(activeEditorContexts), "activeEditorContext"),
  "valar.context.rules": check(isBoolean, "trueOrFalse"),
  "valar.codeLens": check(isBoolean, "trueOrFalse"),
  "valar.context.maxFileKilobytes": check(
    isIntegerBetween(fileKilobytesRange.least, fileKilobytesRange.most),
    "kilobytes",
  ),
  "valar.context.maxTokens": check(
    orNull(isIntegerBetween(leastContextTokens, Number.MAX_SAFE_INTEGER)),
    "contextTokens",
  ),
};

/** Names that the API gives a meaning; each has a setting of its own. */
const reservedMetadata: readonly string[] = ["completion_window", "completion_webhook", "webhook_token"];

function checkTextMap(value: unknown): Checked<Readonly<Record<string, string>>> {
  if (!isRecord(value)) return bad(value, "textMap");
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    const part = `[${JSON.stringify(name)}]`;
    if (reservedMetadata.includes(name))
      return { type: "bad", part, shown: undefined, allowed: "itsOwnSetting" };
    if (typeof text !== "string") return { ...bad(text, "text"), part };
    texts[name] = text;
  }
  return { type: "ok", value: texts };
}

function check<T>(accepts: (value: unknown) => value is T, allowed: Allowed): Check<T> {
  return (value) => (accepts(value) ? { type: "ok", value } : bad(value, allowed));
}

function bad(value: unknown, allowed: Allowed): BadValue {
  const json = value === undefined ? "undefined" : JSON.stringify(value);
  const shown = json.length <= maxShown ? json : `${json.slice(0, maxShown - 1)}…`;
  return { type: "bad", part: "", shown, allowed };
}

/** Characters of a bad value that a message quotes. */
const maxShown = 80;

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isFilledText(value: unknown): value is string {
  return isText(value) && value.trim() !== "";
}

function isShortText(most: number): (value: unknown) => value is string {
  return (value): value is string => isText(value) && value.length <= most;
}

function isEmptyOrWebUrl(value: unknown): value is string {
  if (!isText(value)) return false;
  const url = value.trim();
  return url === "" || (/^https?:\/\//i.test(url) && URL.canParse(url));
}

function isResponseFormat(value: unknown): value is string {
  if (!isText(value)) return false;
  const format = value.trim();
  return ["", "text", "json_object"].includes(format) || /\.json$/i.test(format);
}

function isBetween(least: number, most: number): (value: unknown) => value is number {
  return (value): value is number => typeof value === "number" && value >= least && value <= most;
}

function isIntegerBetween(least: number, most: number): (value: unknown) => value is number {
  const isInRange = isBetween(least, most);
  return (value): value is number => isInRange(value) && Number.isSafeInteger(value);
}

function isOneOf<T extends string>(values: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => values.some((candidate) => candidate === value);
}

function orNull<T>(accepts: (value: unknown) => value is T): (value: unknown) => value is T | null {
  return (value): value is T | null => value === null || accepts(value);
}
