import type { ImagePreview } from "../../../src/core/chat/imagePreview.ts";
import type {
  AnswerView,
  ChatSnapshot,
  ComposerView,
  ErrorView,
  FiguresView,
  ModelView,
  UserMessageView,
} from "../../../src/protocol/chat.ts";

export const figures: FiguresView = {
  model: "zai-org/GLM-5.1-FP8",
  completionWindow: "Now",
  promptTokens: 1843,
  cachedTokens: 1024,
  completionTokens: 612,
  reasoningTokens: 230,
  costUsd: 0.00123,
  firstTokenMs: 812,
  reasoningMs: 6120,
  totalMs: 9400,
  tokensPerSecond: 71.3,
};

export const failure: ErrorView = {
  message: "The Valar API did not accept the token.",
  hint: "Your message is kept. Set a valid token, then try again.",
  requestId: "req_8f2c1d",
  actions: [
    { id: "setToken", label: "Set API Token" },
    { id: "retry", label: "Try Again" },
    { id: "showLog", label: "Show Log" },
  ],
};

export function snapshot(changes: Partial<ChatSnapshot> = {}): ChatSnapshot {
  return {
    seq: 0,
    conversationId: "c1",
    title: "",
    messages: [],
    draft: "",
    draftVersion: undefined,
    queue: { messages: [], isPaused: false },
    composer: composer(),
    account: { state: "signedIn", source: "stored" },
    ...changes,
  };
}

export const model: ModelView = {
  id: "zai-org/GLM-5.1-FP8",
  name: "GLM-5.1",
  isKnown: true,
  imageInput: false,
  reasoning: true,
  windows: [
    { id: "asap", name: "Now", inputUsd: 1.3, outputUsd: 4.4 },
    { id: "standard", name: "Standard", inputUsd: 0.73, outputUsd: 2.51 },
  ],
};

export function composer(changes: Partial<ComposerView> = {}): ComposerView {
  return {
    model,
    effort: undefined,
    window: "asap",
    context: [],
    ambient: [],
    commands: [],
    meter: undefined,
    ...changes,
  };
}

export function question(text: string, changes: Partial<UserMessageView> = {}): UserMessageView {
  return {
    kind: "user",
    id: `q-${text.length}-${text.slice(0, 8)}`,
    text,
    context: [],
    branch: undefined,
    ...changes,
  };
}

export function answer(content: string, changes: Partial<AnswerView> = {}): AnswerView {
  return {
    kind: "answer",
    id: "a1",
    content,
    reasoning: "",
    refusal: "",
    state: { type: "complete", truncated: false },
    figures,
    branch: undefined,
    hasRequest: true,
    ...changes,
  };
}

export const running: Partial<AnswerView> = {
  state: { type: "running", phase: { type: "streaming" } },
  figures: undefined,
};

export const sampleReasoning = `The person asks how the cart sums its lines. First look at **subtotal**, which loops over the lines, then at \`discount\`.

- quantity from 5: 10 %
- quantity from 20: 15 %

The rounding happens per line, so the total may differ by some cents from rounding once. That should be said.`;

export const sampleAnswer = `\`subtotal\` adds up every line. There are **three** things to know:

1. The loop uses an index where \`for…of\` would do.
   - nested: it reads \`lines[i]\` twice
   - nested: nothing is checked
2. Rounding happens *per line*, see [the rules](https://example.com/rules).
3. The discount depends on the quantity:

| Quantity | Discount | Rounded | Notes |
|---------:|:--------:|---------|-------|
| 1–4 | 0 % | no | full price |
| 5–19 | 10 % | \`Math.round\` | per line |
| 20 and more | 15 % | \`Math.round\` | per line, checked first |

## A shorter version

\`\`\`typescript
/** Sum of all lines, in cents. */
export function subtotal(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0); // no index
}
\`\`\`

- [x] same result
- [ ] add a test for an empty cart

> The total is in cents: never format it before adding.

Run \`npm test\` afterwards. ~~Nothing else~~ changes.
`;

/** Code in several languages, names of files, tables, lists. */
export const codeSamples = [
  "In `src/cart.ts:12` and src/orders.ts:3 (not Node.js, http://x.example/a.ts):",
  "**src/cart.ts**",
  '```ts\nimport { a } from "b"; // note\nexport class Cart<T> extends Base {\n  /** A multi\n   * line */\n  total(items: Item[] = [], n = 12.5): number {\n    const text = `multi ${n}\n    line`;\n    return items.reduce((sum, { price }) => sum + price * n, 0) ?? null;\n  }\n}\n```',
  "```sh src/run.sh\nfor f in *.ts; do echo \"$f\" | grep -v 'x'; done # list\n```",
  '```py\n@cache\ndef f(x: int = 3) -> str:\n    """Doc\n    more"""\n    return f"{x}" if x is not None else None\n```',
  '```json\n{ "a": [1, true, null], "b": "text" }\n```',
  "```diff\n- old\n+ new\n```",
  "```mermaid\ngraph TD; A-->B\n```",
  "| Name | Kind | A long column head |\n|---|:-:|--:|\n| `a` | b | 12 |\n| long text in a cell | c | 7 |",
  "- [x] done\n- [ ] open with `code`\n  - nested\n    1. one\n    2. two",
  "Math $x^2$ and $$y$$.",
].join("\n\n");

/** An image of one pixel. */
export const redPixel: ImagePreview = {
  mediaType: "image/png",
  data: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
};
