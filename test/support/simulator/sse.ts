import type { Delivery } from "./delivery.ts";

const endings = { lf: "\n", crlf: "\r\n", cr: "\r" } as const;

/** One server-sent event with this data, in the style of the delivery. */
export function eventText(data: string, delivery: Delivery): string {
  const ending = endings[delivery.lineEnding];
  const comment = delivery.comments ? `: event${ending}` : "";
  return `${comment}data:${delivery.compact ? "" : " "}${data}${ending}${ending}`;
}

export function commentText(text: string, delivery: Delivery): string {
  const ending = endings[delivery.lineEnding];
  return `: ${text}${ending}${ending}`;
}

/** Raw text with the line endings of the delivery. */
export function withEndings(text: string, delivery: Delivery): string {
  return text.replaceAll("\n", endings[delivery.lineEnding]);
}
