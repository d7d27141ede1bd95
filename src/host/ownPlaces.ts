import * as vscode from "vscode";
import { cheapestModel, cheapestWindow, type PricedChoice } from "../core/api/cheapestModel.ts";
import type { ApiClient } from "../core/api/client.ts";
import { costUsd } from "../core/api/cost.ts";
import { modelInfo } from "../core/api/models.ts";
import type { ChatParameters, PreparedRequest } from "../core/api/types.ts";
import type { Clock } from "../core/util/clock.ts";
import { type Disposable, DisposableStore } from "../core/util/disposable.ts";
import { prepareAnswer } from "./chat/asking.ts";
import { chooseFit } from "./chat/chooseFit.ts";
import type { ErrorActions } from "./commands/errorActions.ts";
import { dashboardUrl, type TokenCommands } from "./commands/tokenCommands.ts";
import type { ContextService } from "./context/contextService.ts";
import { modelVendor, toolNames } from "./contributions.ts";
import { errorView, toFailure } from "./errorView.ts";
import { AskTool } from "./lm/askTool.ts";
import { LanguageModels } from "./lm/languageModels.ts";
import { ChatParticipant } from "./lm/participant/chatParticipant.ts";
import type { ModelBudget } from "./models/modelBudget.ts";
import { modelView } from "./models/modelView.ts";
import { priceText } from "./models/priceText.ts";
import type { PromptLibrary } from "./prompts/promptLibrary.ts";
import type { TokenStore } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { UserError } from "./userError.ts";

export interface OwnPlacesParts {
  readonly extensionUri: vscode.Uri;
  readonly settings: Settings;
  readonly tokens: TokenStore;
  readonly client: ApiClient;
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  readonly token: TokenCommands;
  readonly errors: ErrorActions;
  readonly context: ContextService;
  readonly prompts: PromptLibrary;
  readonly budget: ModelBudget;
  readonly clock: Clock;
}

/** Valar where VS Code itself asks models: its model picker, `@valar` in its chat, and a tool. */
export function registerOwnPlaces(parts: OwnPlacesParts): Disposable {
  const store = new DisposableStore();
  store.add(vscode.lm.registerLanguageModelChatProvider(modelVendor, makeLanguageModels(parts)));
  store.add(makeParticipant(parts));
  store.add(vscode.lm.registerTool(toolNames.ask, makeAskTool(parts)));
  return store;
}

function makeLanguageModels(parts: OwnPlacesParts): LanguageModels {
  const { settings, tokens, client, prepareChat, token, budget } = parts;
  return new LanguageModels({
    isSignedIn: async () => (await tokens.get()) !== undefined,
    signIn: () => token.setToken(),
    listModels: (signal) => client.listModels(signal),
    modelInfo: (id) => modelInfo(id, settings.models),
    price: (id) => {
      const { completionWindow } = settings.chatParameters();
      const view = modelView(id, settings.models, settings.prices);
      const window = view.windows.find((offered) => offered.id === completionWindow);
      return window && `${window.name}: ${priceText(window)}`;
    },
    parameters: () => settings.chatParameters(),
    prepareChat,
    streamChat: (request, signal) => client.streamChat(request, signal),
    countTokens: (model, text) => budget.countTokens(model, text),
    report: reporter(parts),
    onDidChange: tokens.onDidChange,
  });
}

function makeParticipant(parts: OwnPlacesParts): ChatParticipant {
  const { extensionUri, settings, client, prepareChat, context, prompts, budget, clock } = parts;
  const asking = {
    prepareChat,
    parameters: () => settings.chatParameters(),
    instructions: () => settings.instructions,
    responseFormat: () => Promise.resolve(undefined),
    budget,
  };
  return new ChatParticipant({
    extensionUri,
    references: context,
    ambient: (signal) => context.collectAmbient(signal),
    expand: (text, items, signal) => prompts.expand(text, items, signal),
    prepare: async (branch, model) => {
      const first = await prepareAnswer(asking, branch, { model });
      if (first.type === "prepared") return first;
      const fit = await chooseFit(first.choices);
      const second = fit && (await prepareAnswer(asking, branch, { model, fit }));
      return second?.type === "prepared" ? second : undefined;
    },
    streamChat: (request, signal) => client.streamChat(request, signal),
    calibrate: (model, branch, promptTokens) => budget.calibrate(model, branch, promptTokens),
    costOf: ({ usage, model, completionWindow }) =>
      usage && costUsd(usage, model, completionWindow, settings.prices),
    modelName: (id) => modelInfo(id, settings.models).name,
    dashboardUrl,
    clock,
  });
}

function makeAskTool(parts: OwnPlacesParts): AskTool {
  const { settings, client, prepareChat, budget } = parts;
  return new AskTool({
    choose: (model) => chooseModel(settings, model),
    modelName: (id) => modelInfo(id, settings.models).name,
    leastCost: ({ model, window }, text) => {
      const price = settings.prices[model]?.[window];
      return price && (budget.countTokens(model, text) * price.input) / 1_000_000;
    },
    parameters: () => settings.chatParameters(),
    prepareChat,
    completeChat: (request, signal) => client.completeChat(request, signal),
    report: reporter(parts),
  });
}

/** `wanted` is an id or a name; without it the cheapest model there is, or the one that is set. */
function chooseModel({ models, prices, model: usual }: Settings, wanted: string | undefined): PricedChoice {
  if (wanted === undefined) {
    return cheapestModel(models, prices) ?? { model: usual, window: cheapestWindow(usual, models, prices) };
  }
  const same = (text: string) => text.toLowerCase() === wanted.toLowerCase();
  const found = models.find(({ id, name }) => same(id) || same(name));
  if (found === undefined) {
    const ids = models.map(({ id }) => id).join(", ");
    throw new UserError(
      vscode.l10n.t("There is no model {0}.", wanted),
      vscode.l10n.t("There are: {0}.", ids),
    );
  }
  return { model: found.id, window: cheapestWindow(found.id, models, prices) };
}

/** Who asks through VS Code sees the text of an error alone: what the person can do about it is offered beside. */
function reporter({ errors }: OwnPlacesParts): (error: unknown) => void {
  return (error) => {
    const failure = toFailure(error);
    if (forThePerson.has(failure.kind)) void errors.report(errorView(failure));
  };
}

const forThePerson = new Set(["noToken", "unauthorized", "billing", "quota", "overBudget"]);
