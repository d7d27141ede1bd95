import { parseBaseUrl } from "../core/api/baseUrl.ts";
import { ApiClient } from "../core/api/client.ts";
import { ApiError } from "../core/api/errors.ts";
import { fingerprintOf } from "../core/api/fingerprint.ts";
import type { Access, ChatMessage, ChatParameters, PreparedRequest } from "../core/api/types.ts";
import type { Base } from "./base.ts";
import { ErrorActions } from "./commands/errorActions.ts";
import { TokenCommands } from "./commands/tokenCommands.ts";
import { WebhookCommand } from "./commands/webhookCommand.ts";
import { errorView, toFailure } from "./errorView.ts";
import { ModelBudget } from "./models/modelBudget.ts";
import { SettingModelChoices } from "./models/settingModelChoices.ts";
import { notify } from "./notify.ts";

/** The line to Valar, for every part that asks it something. */
export interface Api {
  readonly client: ApiClient;
  /** Throws `ApiError` or `ParameterError`. */
  readonly prepareChat: (parameters: ChatParameters) => Promise<PreparedRequest>;
  /** A request for a streamed answer, as the settings ask for it. Throws as `prepareChat` does. */
  readonly prepareStream: (messages: readonly ChatMessage[]) => Promise<PreparedRequest>;
  readonly token: TokenCommands;
  readonly webhook: WebhookCommand;
  readonly models: SettingModelChoices;
  readonly budget: ModelBudget;
  readonly errors: ErrorActions;
}

export function makeApi(base: Base): Api {
  const { settings, tokens, webhookTokens, money, log } = base;
  const client = makeClient(base);
  const prepareChat = async (parameters: ChatParameters): Promise<PreparedRequest> =>
    client.prepareChat(await withWebhookToken(parameters, base));
  const token = new TokenCommands({
    tokens,
    baseUrl: () => settings.baseUrl,
    checkToken: async (access, signal) => (await client.checkToken(access, signal)).length,
  });
  const models = new SettingModelChoices({
    settings,
    listModels: (signal) => client.listModels(signal),
    account: async () => {
      const access = await accessOf(base);
      return access && fingerprintOf(access);
    },
    report: (error) => void errors.report(errorView(toFailure(error))),
    notify,
    clock: base.clock,
  });
  const errors = new ErrorActions({
    token,
    log,
    clearWay: (action) =>
      action === "sendAnyway"
        ? money.spending.lift()
        : models.chooseWindow(action === "useAsap" ? "asap" : "standard"),
  });
  return {
    client,
    prepareChat,
    prepareStream: (messages) =>
      prepareChat({ ...settings.chatParameters(), messages, stream: true, includeUsage: true }),
    token,
    webhook: new WebhookCommand(webhookTokens, () => settings.completionWebhook),
    models,
    budget: new ModelBudget({
      settings,
      memory: base.context.globalState,
      onForgotten: (error) => log.error("What was learnt of token counts could not be kept", error),
    }),
    errors,
  };
}

function makeClient(base: Base): ApiClient {
  const { settings, webhookTokens, money, clock, log } = base;
  return new ApiClient({
    access: () => accessOf(base),
    // Looked up at each call: VS Code may put its proxy-aware fetch in place later.
    fetch: (input, init) => globalThis.fetch(input, init),
    clock,
    random: () => Math.random(),
    randomUuid: () => crypto.randomUUID(),
    timeouts: () => settings.timeouts,
    log,
    models: () => settings.models,
    webhookToken: (webhook) => webhookTokens.get(webhook),
    meter: money.spending,
    onRate: (left) => money.rate.heard(left),
  });
}

/** Undefined without a token. Throws `ApiError` when the base URL is not allowed. */
async function accessOf({ settings, tokens }: Base): Promise<Access | undefined> {
  const base = parseBaseUrl(settings.baseUrl);
  if (base.type === "error") {
    throw new ApiError("invalidRequest", base.said);
  }
  const stored = await tokens.get();
  return stored && { baseUrl: base.url, token: stored.token };
}

/** The token goes along with its webhook. */
async function withWebhookToken(
  parameters: ChatParameters,
  { webhookTokens }: Base,
): Promise<ChatParameters> {
  const { completionWebhook } = parameters;
  const webhookToken =
    completionWebhook === undefined ? undefined : await webhookTokens.get(completionWebhook);
  return webhookToken === undefined ? parameters : { ...parameters, webhookToken };
}
