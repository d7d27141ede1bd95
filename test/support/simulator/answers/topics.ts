interface Topic {
  readonly words: RegExp;
  readonly answer: string;
}

/** A few questions that people try first, with answers worth reading. */
const topics: readonly Topic[] = [
  {
    words: /\bdebounc/i,
    answer: `A **debounced** function waits until the calls stop coming, then runs once:

\`\`\`ts
export function debounce<A extends unknown[]>(run: (...args: A) => void, ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args: A): void => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), ms);
  };
}
\`\`\`

- Use it for **search boxes** and **resize handlers**: only the last call counts.
- Use *throttling* instead when you want a steady rhythm, such as while scrolling.`,
  },
  {
    words: /\bfibonacci\b/i,
    answer: `Two numbers are enough to remember; no recursion is needed:

\`\`\`ts
export function fibonacci(n: number): bigint {
  let [a, b] = [0n, 1n];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}
\`\`\`

| n | result |
| ---: | ---: |
| 10 | 55 |
| 50 | 12586269025 |
| 100 | 354224848179261915075 |

\`bigint\` keeps the result exact beyond \`n = 78\`.`,
  },
  {
    words: /\b(read|write|open)\b.{0,20}\bfiles?\b/i,
    answer: `In Node, the promise-based API reads best:

\`\`\`ts
import { readFile, writeFile } from "node:fs/promises";

const text = await readFile("notes.txt", "utf8");
await writeFile("copy.txt", text.toUpperCase());
\`\`\`

1. Pass the encoding, or you get a \`Buffer\`.
2. Catch \`ENOENT\` if the file may be missing:
   - \`error.code === "ENOENT"\` tells it apart from real trouble.
3. For large files, use \`createReadStream\` and go **line by line**.`,
  },
  {
    words: /\b(regex|regular expression)/i,
    answer: `Take the pattern apart and name its groups:

\`\`\`ts
const date = /^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})$/;
const groups = date.exec("2026-06-01")?.groups;
\`\`\`

- \`^\` and \`$\` tie it to the **whole** text.
- \`(?<year>…)\` makes the result readable: \`groups?.year\`.

> A pattern checks the *shape* only: 2026-02-31 passes.`,
  },
  {
    words: /\b(retry|back-?off)\b/i,
    answer: `Retry only what may succeed later, wait longer each time, and add chance:

\`\`\`ts
async function retry<T>(run: () => Promise<T>, attempts = 4): Promise<T> {
  for (let n = 0; ; n++) {
    try {
      return await run();
    } catch (error) {
      if (n + 1 >= attempts) throw error;
      const longest = Math.min(8000, 500 * 2 ** n);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longest));
    }
  }
}
\`\`\`

- **Full jitter** keeps many clients from coming back at the same moment.
- Never retry a request that is wrong: a \`400\` stays a \`400\`.`,
  },
];

/** A ready answer for a question about one of the topics. */
export function topicAnswer(question: string): string | undefined {
  return topics.find(({ words }) => words.test(question))?.answer;
}
