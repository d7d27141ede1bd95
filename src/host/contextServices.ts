import * as vscode from "vscode";
import type { DisposableStore } from "../core/util/disposable.ts";
import type { Base } from "./base.ts";
import { askModal } from "./context/consent.ts";
import { ContextService } from "./context/contextService.ts";
import { suggestionId } from "./context/suggestionId.ts";
import { notify } from "./notify.ts";
import { PromptLibrary } from "./prompts/promptLibrary.ts";
import { WorkspacePrompts } from "./prompts/workspacePrompts.ts";
import { promptProblemText } from "./settings/prompts.ts";

/** What may come along with a question, wherever it is asked. */
export interface Attachments {
  readonly context: ContextService;
  readonly prompts: PromptLibrary;
}

/** `store` owns all that is made here. */
export function makeAttachments(base: Base, store: DisposableStore): Attachments {
  const context = store.add(makeContext(base));
  return { context, prompts: store.add(makePrompts(base, context, store)) };
}

function makeContext({ settings, git, clock, log }: Base): ContextService {
  return new ContextService({
    settings: () => settings.context,
    ask: askModal,
    git,
    clock,
    isTrusted: () => vscode.workspace.isTrusted,
    log,
  });
}

function makePrompts(
  { settings, log }: Base,
  context: ContextService,
  store: DisposableStore,
): PromptLibrary {
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(
    settings.onDidChange((event) => {
      if (event.affectsConfiguration("valar.prompts")) {
        changed.fire();
      }
    }),
  );
  const workspace = store.add(
    new WorkspacePrompts({
      report: (problem) => void notify("warning", promptProblemText(problem)),
      onError: (error) => log.error("The prompts of the workspace could not be read", error),
    }),
  );
  return new PromptLibrary({
    own: () => settings.prompts,
    onDidChangeOwn: changed.event,
    workspace,
    gitChanges: (signal) => context.resolve(suggestionId({ type: "changes" }), signal),
  });
}
