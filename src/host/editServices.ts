import * as vscode from "vscode";
import type { ChatMessage, PreparedRequest } from "../core/api/types.ts";
import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import { editRules } from "./context/editRules.ts";
import { EditService } from "./edit/editService.ts";
import { isReplayable, toFailure } from "./errorView.ts";
import { notify } from "./notify.ts";
import { notifyFailure } from "./notifyFailure.ts";

/** Editing code in place. */
export function makeEdits(base: Base, { client, prepareStream, errors }: Api): EditService {
  const { context, settings, git, clock, log } = base;
  const rulesDeps = {
    settings: () => settings.context,
    git,
    log,
    isTrusted: () => vscode.workspace.isTrusted,
  };
  // The same messages again are the same request, tried again: with its key it is not billed twice.
  const prepared = new WeakMap<readonly ChatMessage[], PreparedRequest>();
  return new EditService({
    stream: async function* (messages, signal) {
      const request = prepared.get(messages) ?? (await prepareStream(messages));
      prepared.set(messages, request);
      try {
        yield* client.streamChat(request, signal);
      } catch (error) {
        if (!isReplayable(toFailure(error))) {
          prepared.delete(messages);
        }
        throw error;
      }
    },
    notify,
    describeError: (error, retry) => errors.describe(error, retry),
    onError: (error) => notifyFailure("An edit could not be shown, or a button of it failed", error, log),
    log,
    rules: (uri) => editRules(uri, rulesDeps, new AbortController().signal),
    memory: context.globalState,
    clock,
  });
}
