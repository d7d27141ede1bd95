import type { Panel } from "./panel.ts";
import type { PanelState } from "./panelState.ts";
import { ambient, commands, models, suggestions } from "./composerViews.ts";
import { answer, composer, model, question, redPixel, running, snapshot } from "./views.ts";

const open = (panel: Panel): Promise<void> => panel.page.locator(".popupOption").first().waitFor();
const ready = snapshot({ composer: composer({ commands, ambient }) });
const waiting = [
  { id: "w1", text: "And then write a test for it, please, with an empty cart too", context: [] },
  { id: "w2", text: "What about taxes?", context: ambient },
];
const asked = [question("Why?"), answer("Because", running)];

/** The states of the box and of what opens from it. */
export const composerStates: Readonly<Record<string, PanelState>> = {
  mention: {
    options: { snapshot: ready, replies: { searchContext: () => suggestions } },
    act: async (panel) => {
      await panel.box.pressSequentially("Compare @");
      await open(panel);
    },
  },
  mentionNothing: {
    options: { replies: { searchContext: () => [] } },
    act: async (panel) => {
      await panel.box.pressSequentially("@nowhere");
      await panel.page.getByText(panel.translated("Nothing found")).first().waitFor();
    },
  },
  mentionFailed: {
    options: {
      replies: {
        searchContext: () => {
          throw new Error("ripgrep is missing");
        },
      },
    },
    act: async (panel) => {
      await panel.box.pressSequentially("@c");
      await panel.page.getByText("ripgrep is missing").first().waitFor();
    },
  },
  mentionSearching: {
    options: { replies: { searchContext: () => new Promise(() => undefined) } },
    act: async (panel) => {
      await panel.box.pressSequentially("@");
      await open(panel);
    },
  },
  commands: {
    options: { snapshot: ready },
    act: async (panel) => {
      await panel.box.pressSequentially("/");
      await open(panel);
    },
  },
  models: {
    options: { replies: { listModels: () => models } },
    act: async (panel) => {
      await panel.page.locator(".modelPicker").click();
      await open(panel);
      await panel.page.keyboard.press("ArrowDown");
    },
  },
  modelsFailed: {
    options: {
      replies: {
        listModels: () => {
          throw new Error("You are offline.");
        },
      },
    },
    act: async (panel) => {
      await panel.page.locator(".modelPicker").click();
      await open(panel);
    },
  },
  efforts: {
    options: {},
    act: async (panel) => {
      await panel.page.locator(".effortPicker").click();
      await open(panel);
    },
  },
  windows: {
    options: {},
    act: async (panel) => {
      await panel.page.locator(".windowPicker").click();
      await open(panel);
    },
  },
  unknownModel: {
    options: { snapshot: snapshot({ composer: composer({ model: models[2] ?? model, effort: "xhigh" }) }) },
  },
  meterNear: {
    options: {
      snapshot: snapshot({
        composer: composer({
          ambient,
          meter: { promptTokens: 109_000, limitTokens: 128_000, minCostUsd: 0.0141 },
        }),
      }),
    },
  },
  tooLong: {
    options: {
      snapshot: snapshot({
        draft: "A very long question",
        composer: composer({
          meter: { promptTokens: 140_300, limitTokens: 128_000, minCostUsd: 0.18 },
        }),
      }),
      replies: {
        send: () => ({
          type: "tooLong",
          promptTokens: 140_300,
          limitTokens: 128_000,
          choices: [
            {
              id: "dropOldest",
              label: "Leave Out Old Messages",
              detail: "6 of 24 messages; 96k tokens left",
            },
            { id: "dropContext", label: "Leave Out Files", detail: "big.ts, 40k tokens" },
            { id: "sendAll", label: "Send All", detail: "The API may refuse it" },
          ],
        }),
      },
    },
    act: async (panel) => {
      await panel.button("Send").click();
      await panel.page.locator(".fitPanel").waitFor();
    },
  },
  queued: {
    options: {
      snapshot: snapshot({
        messages: asked,
        queue: { messages: waiting, isPaused: false },
        draft: "One more",
      }),
    },
  },
  queuePaused: {
    options: {
      snapshot: snapshot({
        messages: [question("Why?"), answer("Because", { state: { type: "cancelled" } })],
        queue: { messages: waiting, isPaused: true, isStopped: true },
      }),
    },
  },
  noImages: {
    options: {},
    act: async (panel) => {
      await panel.pasteImage(20);
      await panel.button("Choose Model…").waitFor();
    },
  },
  images: {
    options: {
      snapshot: snapshot({ composer: composer({ model: models[1] ?? model }) }),
      replies: { attachImage: () => ({ type: "attached" }), contextImage: () => redPixel },
    },
    act: async (panel) => {
      await panel.pasteImage(20);
      await panel.untilRequested("attachImage");
      const label = panel.translated("Pasted image {0}").replace("{0}", "1");
      const context = [{ id: "i1", kind: "image" as const, label, detail: "20 × 20" }];
      await panel.emit({ type: "composer", composer: composer({ model: models[1] ?? model, context }) });
      await panel.page.locator(".thumbnail").waitFor();
    },
  },
  dropping: {
    options: {},
    act: async (panel) => {
      await panel.page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/uri-list", "file:///a.ts");
        document
          .getElementById("app")
          ?.dispatchEvent(new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true }));
      });
      await panel.page.locator(".dropHint").waitFor();
    },
  },
};
