/**
 * Everything package.json contributes that code refers to, typed once: a forgotten entry does not compile,
 * and a test proves these tables equal to package.json.
 */

export const commandIds = [
  "valar.setToken",
  "valar.clearToken",
  "valar.setWebhookToken",
  "valar.focusChat",
  "valar.newChat",
  "valar.openChatInEditor",
  "valar.find",
  "valar.history",
  "valar.exportChat",
  "valar.importChat",
  "valar.stop",
  "valar.selectModel",
  "valar.selectWindow",
  "valar.explain",
  "valar.edit",
  "valar.refactor",
  "valar.fix",
  "valar.docs",
  "valar.optimize",
  "valar.tests",
  "valar.acceptEdit",
  "valar.rejectEdit",
  "valar.acceptChange",
  "valar.rejectChange",
  "valar.rejectRemaining",
  "valar.showEditDiff",
  "valar.retryEdit",
  "valar.bringBackEdit",
  "valar.nextChange",
  "valar.previousChange",
  "valar.addToChat",
  "valar.generateCommitMessage",
  "valar.menu",
  "valar.showUsage",
  "valar.clearUsage",
  "valar.hideUsage",
  "valar.showLog",
] as const;
export type CommandId = (typeof commandIds)[number];

export const viewIds = {
  container: "valar",
  chat: "valar.chat",
  chatEditor: "valar.chatEditor",
  usage: "valar.usage",
} as const;

/** The name by which other extensions ask VS Code for Valar's models. */
export const modelVendor = "valar";

/** Of `@valar` in VS Code's own chat. */
export const participantId = "valar.participant";

/** Tools for every model that VS Code's chat uses. */
export const toolNames = { ask: "valar_ask" } as const;

/** Keys of `when` clauses that the extension sets, with the type of their value. */
export interface ContextKeys {
  "valar.signedIn": boolean;
  "valar.answering": boolean;
  "valar.editPending": boolean;
  /** The edit that waits consists of several changes, to be decided one by one. */
  "valar.editParts": boolean;
  "valar.editStreaming": boolean;
  /** An edit was rejected that can be had again. */
  "valar.editRejected": boolean;
  "valar.usageShown": boolean;
}

/**
 * Every setting with its default, as package.json declares it. `null`, an empty text and an empty object mean: leave
 * the field out.
 */
export const settingDefaults = {
  "valar.baseUrl": "https://api.valarhq.ai/v1",
  "valar.model": "zai-org/GLM-5.1-FP8",
  "valar.reasoningEffort": null,
  "valar.completionWindow": "asap",
  "valar.temperature": null,
  "valar.topP": null,
  "valar.maxCompletionTokens": null,
  "valar.instructions": "",
  "valar.responseFormat": "",
  "valar.user": "",
  "valar.metadata": {},
  "valar.completionWebhook": "",
  "valar.timeouts.headers": 90,
  "valar.timeouts.idle": 60,
  "valar.timeouts.total": 600,
  "valar.budget.session": null,
  "valar.budget.day": null,
  "valar.context.maxTokens": 128_000,
  "valar.prompts": {},
  "valar.prices": {},
  "valar.models": {},
  "valar.context.activeEditor": "file",
  "valar.context.rules": true,
  "valar.context.maxFileKilobytes": 256,
  "valar.codeLens": false,
} as const;
export type SettingId = keyof typeof settingDefaults;
