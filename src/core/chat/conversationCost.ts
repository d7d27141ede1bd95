import type { Answer, Conversation } from "./conversation.ts";

/** What all answers of a conversation cost, those on other branches too. */
export interface ConversationCost {
  readonly usd: number;
  /** True when the cost of an answer is not known: the sum is then the least it can be. */
  readonly isAtLeast: boolean;
}

/** `costOf` gives USD, or undefined where it is not known. Undefined while there is no answer. */
export function conversationCost(
  { messages }: Conversation,
  costOf: (answer: Answer) => number | undefined,
): ConversationCost | undefined {
  const answers = messages.filter((message) => message.kind === "answer");
  const costs = answers.map(costOf);
  const isAtLeast = answers.some((answer, at) => costs[at] === undefined && mayCost(answer));
  const known = costs.filter((cost) => cost !== undefined);
  return known.length === 0 && !isAtLeast
    ? undefined
    : { usd: known.reduce((sum, cost) => sum + cost, 0), isAtLeast };
}

/** One that is still running says at its end what it cost; one that failed before anything came cost nothing. */
function mayCost({ outcome, content, reasoning, refusal }: Answer): boolean {
  if (outcome.type === "running") return false;
  return outcome.type !== "failed" || content + reasoning + refusal !== "";
}
