import { l10n } from "vscode";
import type { FitProblem } from "../../core/edit/fitAnswer.ts";
import type { LocateProblem } from "../../core/edit/locateCode.ts";
import type { EditFailure, EndCause } from "../../core/edit/session.ts";
import { assertNever } from "../../core/util/assertNever.ts";

/** What happened, in one sentence; `request` failures are told by the client's own error. */
export function failureText(failure: Exclude<EditFailure, { type: "request" }>): string {
  switch (failure.type) {
    case "answer":
      return problemText(failure.problem);
    case "truncated":
      return l10n.t("The answer stopped at the token limit, so the code is not complete.");
    case "unverified":
      return l10n.t("The connection ended before Valar said that the answer was complete.");
    case "refusal":
      return l10n.t("The model declined: {0}", failure.text);
    case "stopped":
      return l10n.t("The model stopped before the end ({0}).", failure.reason);
    case "unchanged":
      return l10n.t("The model gave the code back as it is: there is nothing to change.");
    case "notWritten":
      return l10n.t("VS Code did not take the edit; the file may be read-only.");
    default:
      return assertNever(failure);
  }
}

function problemText(problem: FitProblem): string {
  switch (problem) {
    case "empty":
      return l10n.t("The answer is empty.");
    case "noCodeBlock":
      return l10n.t("The answer has no code block.");
    case "textAround":
      return l10n.t("The answer has text around its code block.");
    case "severalBlocks":
      return l10n.t("The answer has several code blocks, and which one is meant is not clear.");
    case "cutOff":
      return l10n.t("The answer was cut off in the middle of its code.");
    case "fragment":
      return l10n.t("The answer has a part of the selected code alone; applying it would delete the rest.");
    case "elided":
      return l10n.t(
        "The answer leaves code out (“rest unchanged” or the like); applying it would delete that.",
      );
    case "outside":
      return l10n.t("The answer repeats code from outside the selection.");
    case "patch":
      return l10n.t("The answer is a patch instead of code.");
    case "tag":
      return l10n.t("The answer mixes the marks of the selection into the code.");
    default:
      return assertNever(problem);
  }
}

/** Why a code block was not put into a file by itself. */
export function locateText(problem: LocateProblem, file: string): string {
  switch (problem) {
    case "empty":
      return l10n.t("The code block is empty.");
    case "patch":
      return l10n.t("The code block is a patch instead of code; {0} was not changed.", file);
    case "shell":
      return l10n.t("The code block is for a shell; {0} was not changed.", file);
    case "elided":
      return l10n.t(
        "The code block leaves code out, and what stays of {0} cannot be told for certain. Nothing was changed.",
        file,
      );
    case "ambiguous":
      return l10n.t(
        "{0} has several functions of this name. Put the cursor into the one that is meant and apply again.",
        file,
      );
    case "deletes":
      return l10n.t("Applying the code would take functions out of {0} that it does not mention.", file);
    case "unclear":
      return l10n.t("{0} has parts of this code, but where it begins and ends is not clear.", file);
    case "noCursor":
      return l10n.t(
        "Nothing in {0} is like this code. Open the file, put the cursor where the code belongs, and apply again.",
        file,
      );
    default:
      return assertNever(problem);
  }
}

export function endText(cause: EndCause): string {
  switch (cause) {
    case "closed":
      return l10n.t("The file was closed, so its edit ended.");
    case "deleted":
      return l10n.t("The file was deleted, so its edit ended.");
    case "reverted":
      return l10n.t("The file was read anew from disk, so its edit ended.");
    case "encodingChanged":
      return l10n.t("The file's encoding changed, so its edit ended.");
    default:
      return assertNever(cause);
  }
}
