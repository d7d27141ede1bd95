import type { ChatEvent, Finish } from "../../../../src/core/api/types.ts";

export const wholeFinish: Finish = {
  reason: "stop",
  verified: true,
  truncated: false,
  responseId: "r",
  model: "m",
  requestId: "q",
  attempts: 1,
};

/** The events of one answer, cut into pieces of `size` characters. Without `finish` it ends as it should. */
export async function* answerEvents(
  text: string,
  { size = Infinity, finish = {} }: { size?: number; finish?: Partial<Finish> | "none" } = {},
): AsyncGenerator<ChatEvent, void> {
  await Promise.resolve();
  for (let at = 0; at < text.length; at += size) {
    yield { type: "delta", channel: "content", text: text.slice(at, at + size) };
  }
  if (finish !== "none") yield { type: "finished", finish: { ...wholeFinish, ...finish } };
}
