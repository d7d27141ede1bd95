import type { AnswerView, ContextView } from "../../../src/protocol/chat.ts";
import { ambient } from "./composerViews.ts";
import type { PanelState } from "./panelState.ts";
import { answer, composer, question, running, snapshot } from "./views.ts";

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);
const address = `https://example.com/${"a-path-without-end/".repeat(8)}`;
const manyChips: readonly ContextView[] = Array.from({ length: 14 }, (_, at) => ({
  id: `f${at}`,
  kind: at % 3 === 0 ? "folder" : "file",
  label: at % 4 === 0 ? `a-file-with-a-rather-long-name-${at}.test.ts` : `part${at}.ts`,
  detail: `src/part${at}.ts`,
}));

const rightToLeft = `אפשר לקצר את הפונקציה \`subtotal\` כך:

1. להשתמש ב־\`reduce\`.
2. להסיר את הלולאה.

| שם | ערך |
|---|---|
| סכום | 12 |

> הסכום הוא באגורות.

- [x] נבדק

\`\`\`ts
const sum = lines.reduce((a, b) => a + b, 0); // סכום
\`\`\`

وهذا سطر بالعربية مع كلمة English في الوسط.`;

const chinese = `可以把循环换成 \`reduce\`,结果不变。四舍五入是**逐行**进行的,所以总额可能相差几分钱。

1. 先检查空购物车。
2. 再检查折扣。

| 数量 | 折扣 |
|---:|---|
| 1–4 | 无 |
| 5–19 | 百分之十 |

日本語の文章も、途中で改行されるべきです。長い長い長い長い長い長い長い文でもはみ出しません。`;

/** Texts that try the layout. */
function jsonState(content: string, changes: Partial<AnswerView> = {}): PanelState {
  const end = answer(content, { isJson: true, ...changes });
  return { options: { snapshot: snapshot({ messages: [question("Give the files as JSON."), end] }) } };
}

export const textStates: Readonly<Record<string, PanelState>> = {
  longWords: {
    options: {
      snapshot: snapshot({
        messages: [
          question(`${longWord} ${address}`, {
            context: [{ id: "x", kind: "file", label: `${longWord}.ts`, detail: longWord }],
          }),
          answer(
            `# ${longWord}\n\n${longWord} \`${longWord}\` **${longWord}** ${address}\n\n- ${longWord}\n  - ${longWord}\n\n> ${longWord}\n\n| ${longWord} | b |\n|---|---|\n| c | d |\n\n\`\`\`${longWord}\n${longWord}\n\`\`\``,
          ),
        ],
      }),
      height: 1100,
    },
  },
  rightToLeft: {
    options: {
      snapshot: snapshot({
        messages: [question("איך עובדת הפונקציה `subtotal`, ואפשר לקצר אותה?"), answer(rightToLeft)],
        draft: "ומה עם הבדיקות?",
      }),
    },
  },
  chinese: {
    options: {
      snapshot: snapshot({
        messages: [question("`subtotal` 是怎么工作的?能不能更短?"), answer(chinese)],
        draft: "测试呢?",
      }),
    },
  },
  manyChips: {
    options: {
      snapshot: snapshot({
        messages: [question("Compare them all.", { context: manyChips }), answer("They differ.")],
        composer: composer({ ambient, context: manyChips }),
      }),
    },
  },
  longDraft: {
    options: {
      snapshot: snapshot({
        messages: [question("Hello?"), answer("Hello.")],
        draft: Array.from({ length: 40 }, (_, at) => `Line ${at + 1} of a long question`).join("\n"),
      }),
    },
  },
  jsonAnswer: jsonState('{"files":["src/cart.ts","src/orders.ts"],"total":2}'),
  jsonStreaming: jsonState('{"files":["src/cart.ts","src/or', running),
  jsonInvalid: jsonState('Sure! {"files":["src/cart.ts"]}'),
  conversation: {
    options: {
      snapshot: snapshot({
        messages: ["First", "Second", "Third", "Fourth"].flatMap((text, at) => [
          question(`${text} question, which is short.`, { id: `q${at}` }),
          answer(`The ${text.toLowerCase()} answer, in one or two sentences. It ends here.`, {
            id: `a${at}`,
          }),
        ]),
      }),
    },
  },
};
