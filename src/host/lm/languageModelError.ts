import * as vscode from "vscode";
import { ApiError, ParameterError } from "../../core/api/errors.ts";
import { errorText } from "../translated.ts";

/** A failure as the callers of VS Code's language model API expect it. */
export function languageModelError(error: unknown): unknown {
  if (error instanceof ParameterError) return new Error(errorText(error), { cause: error });
  if (!(error instanceof ApiError)) {
    return error;
  }
  switch (error.kind) {
    case "noToken":
    case "unauthorized":
    case "forbidden":
      return vscode.LanguageModelError.NoPermissions(errorText(error));
    case "billing":
    case "quota":
    case "overBudget":
    case "rateLimited":
      return vscode.LanguageModelError.Blocked(errorText(error));
    case "notFound":
      return vscode.LanguageModelError.NotFound(errorText(error));
    case "network":
    case "tls":
    case "proxy":
    case "timeout":
    case "conflict":
    case "tooLarge":
    case "invalidRequest":
    case "idempotency":
    case "server":
    case "redirect":
    case "protocol":
    case "diverged":
    case "tokenChanged":
    default:
      return new Error(errorText(error), { cause: error });
  }
}
