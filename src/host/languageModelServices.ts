import * as vscode from "vscode";
import { cheapestModel, cheapestWindow, type PricedChoice } from "../core/api/cheapestModel.ts";
import { modelInfo } from "../core/api/models.ts";
import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import { errorView, toFailure } from "./errorView.ts";
import { AskTool } from "./lm/askTool.ts";
import { LanguageModels } from "./lm/languageModels.ts";
import { modelView, priceText } from "./models/modelView.ts";
import type { Settings } from "./settings.ts";
import { UserError } from "./userError.ts";

/** Valar's models for VS Code and other extensions. */
export function makeLanguageModels({ settings, tokens, log }: Base, api: Api): LanguageModels {
  const { client, prepareChat, token, budget, models } = api;
  return new LanguageModels({
    isSignedIn: async () => (await tokens.get()) !== undefined,
    signIn: () => token.setToken(),
    listModels: (signal) => models.available(signal),
    modelInfo: (id) => modelInfo(id, settings.models),
    price: (id) => {
      const { completionWindow } = settings.chatParameters();
      const view = modelView(id, settings.models, settings.prices);
      const window = view.windows.find((offered) => offered.id === completionWindow);
      return window && `${window.name}: ${priceText(window)}`;
    },
    parameters: (model) => settings.chatParameters(model),
    prepareChat,
    streamChat: (request, signal) => client.streamChat(request, signal),
    countTokens: (model, text) => budget.countTokens(model, text),
    calibrate: (model, estimated, promptTokens) => budget.calibrateEstimate(model, estimated, promptTokens),
    maxContextTokens: () => settings.maxContextTokens,
    leftOut: (options) =>
      log.info(`An extension gave a model options that Valar does not take: ${options.join(", ")}`),
    report: reporter(api),
    onDidChange: tokens.onDidChange,
  });
}

/** The tool that lets any model ask one of Valar's. */
export function makeAskTool({ settings }: Base, api: Api): AskTool {
  const { client, prepareChat, budget, models } = api;
  return new AskTool({
    choose: async (model, signal) => chooseModel(settings, await models.available(signal), model),
    modelName: (id) => modelInfo(id, settings.models).name,
    price: ({ model, window }) => {
      const { windows } = modelView(model, settings.models, settings.prices);
      return windows.flatMap((offered) => (offered.id === window ? [priceText(offered)] : [])).join("");
    },
    leastCost: ({ model, window }, text) => {
      const price = settings.prices[model]?.[window];
      return price && (budget.countTokens(model, text) * price.input) / 1_000_000;
    },
    parameters: () => settings.chatParameters(),
    prepareChat,
    completeChat: (request, signal) => client.completeChat(request, signal),
    report: reporter(api),
  });
}

/**
 * Among those of `ids`: `wanted` is an id or a name; without it the cheapest, or the one that is set where nothing has
 * a price.
 */
function chooseModel(
  { models, prices, model: usual }: Settings,
  ids: readonly string[],
  wanted: string | undefined,
): PricedChoice {
  const offered = ids.map((id) => modelInfo(id, models));
  if (wanted === undefined) {
    return cheapestModel(offered, prices) ?? { model: usual, window: cheapestWindow(usual, models, prices) };
  }
  const same = (text: string) => text.toLowerCase() === wanted.toLowerCase();
  const found = offered.find(({ id, name }) => same(id) || same(name));
  if (found === undefined) {
    throw new UserError(
      vscode.l10n.t("There is no model {0}.", wanted),
      vscode.l10n.t("There are: {0}.", ids.join(", ")),
    );
  }
  return { model: found.id, window: cheapestWindow(found.id, models, prices) };
}

/** Who asks through VS Code sees the text of an error alone: what the person can do about it is offered beside. */
function reporter({ errors }: Api): (error: unknown) => void {
  return (error) => {
    const failure = toFailure(error);
    if (forThePerson.has(failure.kind)) void errors.report(errorView(failure));
  };
}

const forThePerson = new Set(["noToken", "unauthorized", "billing", "quota", "overBudget"]);
