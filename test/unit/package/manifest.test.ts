import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import manifest from "../../../package.json" with { type: "json" };
import german from "../../../package.nls.de.json" with { type: "json" };
import nls from "../../../package.nls.json" with { type: "json" };
import { builtInNames } from "../../../src/core/chat/slashCommands.ts";
import {
  commandIds,
  modelVendor,
  participantId,
  settingDefaults,
  toolNames,
  viewIds,
  type ContextKeys,
} from "../../../src/host/contributions.ts";

const { contributes } = manifest;

/** Complete by type: a context key without a line here does not compile. */
const contextKeys: Record<keyof ContextKeys, true> = {
  "valar.signedIn": true,
  "valar.answering": true,
  "valar.editPending": true,
  "valar.editParts": true,
  "valar.editStreaming": true,
  "valar.editRejected": true,
  "valar.usageShown": true,
};

/** Id of the comment controller that shows the buttons of a waiting edit. */
const commentController = "valar.edits";

/** Titles that are promised to users, from the product's description. */
const promisedTitles: Readonly<Record<string, string>> = {
  "valar.setToken": "Set API Token",
  "valar.clearToken": "Clear API Token",
  "valar.setWebhookToken": "Set Webhook Token",
  "valar.focusChat": "Focus Chat",
  "valar.newChat": "New Chat",
  "valar.openChatInEditor": "Open Chat in Editor",
  "valar.stop": "Stop",
  "valar.find": "Find in Chat",
  "valar.history": "Show Chat History",
  "valar.exportChat": "Export Chat…",
  "valar.selectModel": "Select Model…",
  "valar.explain": "Explain Selection",
  "valar.edit": "Edit Selection…",
  "valar.refactor": "Refactor Selection",
  "valar.fix": "Fix Selection",
  "valar.docs": "Write Doc Comments",
  "valar.optimize": "Optimize Selection",
  "valar.tests": "Write Tests",
  "valar.addToChat": "Add Selection to Chat",
  "valar.acceptEdit": "Accept Edit",
  "valar.rejectEdit": "Reject Edit",
  "valar.nextChange": "Next Change",
  "valar.previousChange": "Previous Change",
  "valar.generateCommitMessage": "Generate Commit Message",
  "valar.menu": "Show Menu…",
  "valar.showUsage": "Show Usage",
  "valar.showLog": "Show Log",
};

/** Commands of the first version, which no later one may lose. */
const firstCommands = [
  ...["setToken", "clearToken", "focusChat", "newChat", "stop", "selectModel", "explain", "edit", "refactor"],
  ...["acceptEdit", "rejectEdit", "addToChat", "showLog"],
].map((name) => `valar.${name}`);

describe("package.json", () => {
  const commands = contributes.commands.map(({ command }) => command);

  it("contributes exactly the commands of the command table", () => {
    assert.deepEqual(commands.toSorted(), commandIds.toSorted());
  });

  it("keeps every command of the first version", () => {
    assert.deepEqual(
      firstCommands.filter((command) => !commands.includes(command)),
      [],
    );
  });

  it("gives every command its promised title and the category Valar", () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(category, "Valar", command);
      const promised = promisedTitles[command];
      if (promised !== undefined) assert.equal(translated(title), promised, command);
    }
  });

  it("declares exactly the settings of the table, with the same defaults", () => {
    const declared = Object.entries(contributes.configuration.properties).map(([name, setting]) => [
      name,
      setting.default,
    ]);
    assert.deepEqual(Object.fromEntries(declared), settingDefaults);
  });

  it("describes every setting and gives each a scope", () => {
    for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
      assert.ok(translated(setting.markdownDescription).length > 10, name);
      assert.ok(["application", "machine", "window", "resource"].includes(setting.scope), name);
    }
  });

  it("keeps where data goes out of a workspace's reach", () => {
    const { properties } = contributes.configuration;
    const own = [
      "valar.baseUrl",
      "valar.completionWebhook",
      "valar.budget.session",
      "valar.budget.day",
    ] as const;
    for (const name of own) {
      assert.equal(properties[name].scope, "application", name);
    }
  });

  it("lets a workspace that is not trusted set nothing", () => {
    const settings = Object.entries(contributes.configuration.properties);
    const inReach = settings.filter(([, { scope }]) => scope !== "application").map(([name]) => name);
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, "limited");
    assert.deepEqual(restrictedConfigurations.toSorted(), inReach.toSorted());
  });

  it("shows the settings in one order", () => {
    const orders = Object.values(contributes.configuration.properties).map(({ order }) => order);
    assert.deepEqual(
      orders,
      orders.map((_, at) => at + 1),
    );
  });

  it("leaves Esc to whatever else it closes before it rejects an edit", () => {
    const { when = "" } = contributes.keybindings.find(({ command }) => command === "valar.rejectEdit") ?? {};
    const others = [
      ...["suggestWidgetVisible", "findWidgetVisible", "parameterHintsVisible", "renameInputVisible"],
      ...["inlineSuggestionVisible", "inlineEditIsVisible", "inlineChatVisible", "notebookEditorFocused"],
      ...["referenceSearchVisible", "inReferenceSearchEditor", "callHierarchyVisible", "isInEmbeddedEditor"],
      ...["markersNavigationVisible", "dirtyDiffVisible", "exceptionWidgetVisible", "messageVisible"],
    ];
    assert.deepEqual(
      others.filter((key) => !when.split(" && ").includes(`!${key}`)),
      [],
    );
    assert.match(when, /&& \(!vim\.active \|\| vim\.mode == 'Normal'\)/);
  });

  it("contributes exactly the views of the table", () => {
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    const views = Object.entries(contributes.views).flatMap(([container, list]) =>
      list.map(({ id }) => [container, id]),
    );
    assert.deepEqual(containers, [viewIds.container]);
    assert.deepEqual(views, [
      [viewIds.container, viewIds.chat],
      [viewIds.container, viewIds.usage],
    ]);
    assert.deepEqual(
      contributes.languageModelChatProviders.map(({ vendor }) => vendor),
      [modelVendor],
    );
    assert.deepEqual(
      contributes.chatParticipants.map(({ id, name }) => [id, name]),
      [[participantId, "valar"]],
    );
    assert.deepEqual(
      contributes.languageModelTools.map(({ name }) => name),
      Object.values(toolNames),
    );
  });

  it("gives the participant the slash commands that the chat has", () => {
    const [participant] = contributes.chatParticipants;
    assert.deepEqual(
      participant?.commands.map(({ name }) => name),
      builtInNames,
    );
  });

  it("names in its when clauses only context keys, views and controllers that there are", () => {
    const known = new Set<string>([
      ...Object.keys(contextKeys),
      ...Object.values(viewIds),
      commentController,
    ]);
    const named = whenClauses(contributes).flatMap((clause) => clause.match(/\bvalar\.\w+/g) ?? []);
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });

  it("uses every context key in a when clause", () => {
    const clauses = whenClauses(contributes).join("\n");
    assert.deepEqual(
      Object.keys(contextKeys).filter((key) => !clauses.includes(key)),
      [],
    );
  });

  it("puts in its menus and keys only commands and submenus that it contributes", () => {
    const submenus = new Set(contributes.submenus.map(({ id }) => id));
    const items: readonly { command?: string; submenu?: string }[] = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.keybindings,
    ];
    for (const { command, submenu } of items) {
      if (command !== undefined) assert.ok(commands.includes(command), command);
      if (submenu !== undefined) assert.ok(submenus.has(submenu), submenu);
    }
  });

  it("has a text in package.nls.json for every placeholder, and a use for every text", () => {
    const used = new Set(
      JSON.stringify(manifest)
        .match(/%[\w.]+%/g)
        ?.map((key) => key.slice(1, -1)),
    );
    assert.deepEqual([...used].toSorted(), Object.keys(nls).toSorted());
  });

  it("has a walkthrough of four steps: token, chat, edit, price", async () => {
    assert.equal(contributes.walkthroughs.length, 1);
    const steps = contributes.walkthroughs[0]?.steps ?? [];
    assert.deepEqual(
      steps.map(({ id }) => id),
      ["token", "chat", "edit", "price"],
    );
    for (const { id, media } of steps) {
      const picture = await readFile(new URL(`../../../${media.svg}`, import.meta.url), "utf8");
      assert.match(picture, /^<svg[\s>]/, id);
      for (const texts of [nls, german]) assert.ok(translated(media.altText, texts).length > 10, id);
    }
  });

  it("links in its walkthrough and its empty views only commands that it contributes", () => {
    const contents = [
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
      ...contributes.viewsWelcome.map((view) => view.contents),
    ];
    for (const texts of [nls, german]) {
      const linked = contents.map((text) =>
        [...translated(text, texts).matchAll(/\(command:([^)?]*)/g)].map(([, command = ""]) => command),
      );
      assert.ok(linked.flat().length >= 4);
      assert.deepEqual(
        linked.flat().filter((command) => !commands.includes(command)),
        [],
      );
    }
    const events = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ completionEvents }) => completionEvents),
    );
    const known = new Set([
      ...commands.map((command) => `onCommand:${command}`),
      ...Object.values(viewIds).map((view) => `onView:${view}`),
      ...Object.keys(contextKeys).map((key) => `onContext:${key}`),
      ...Object.keys(settingDefaults).map((setting) => `onSettingChanged:${setting}`),
    ]);
    assert.deepEqual(
      events.filter((event) => !known.has(event)),
      [],
    );
  });

  it("says in its walkthrough, before a token is set, that Valar stores every response", () => {
    const token = contributes.walkthroughs[0]?.steps.find(({ id }) => id === "token");
    assert.ok(token);
    assert.match(translated(token.description, nls), /Valar stores every response\./);
    assert.match(translated(token.description, german), /Valar speichert jede Antwort\./);
  });

  it("says in the empty Usage view what will be there", () => {
    assert.deepEqual(
      contributes.viewsWelcome.map(({ view }) => view),
      [viewIds.usage],
    );
    for (const { contents } of contributes.viewsWelcome) {
      for (const texts of [nls, german]) assert.ok(translated(contents, texts).length > 10);
    }
  });

  it("runs nothing at start-up: it is needed once there is code, or a chat in a tab to bring back", () => {
    const languages = manifest.activationEvents.flatMap(
      (event) => /^onLanguage:(.+)$/.exec(event)?.slice(1) ?? [],
    );
    assert.deepEqual(
      manifest.activationEvents.filter((event) => !event.startsWith("onLanguage:")),
      ["onWebviewPanel:valar.chatEditor"],
    );
    for (const language of ["typescript", "python", "vue", "markdown"])
      assert.ok(languages.includes(language));
    // VS Code reads such documents of its own at every start.
    for (const language of ["json", "jsonc", "plaintext", "log"]) assert.ok(!languages.includes(language));
  });
});

function translated(text: string, texts: Readonly<Record<string, string>> = nls): string {
  return text.replace(/^%(.+)%$/, (_, key: string) =>
    String(Object.entries(texts).find(([name]) => name === key)?.[1]),
  );
}

/** Every condition anywhere below: `when` of menus, keys and views, `enablement` of commands. */
function whenClauses(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
    (name === "when" || name === "enablement") && typeof value === "string" ? [value] : whenClauses(value),
  );
}
