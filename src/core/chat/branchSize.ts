import { maxImages } from "../api/image.ts";
import type { ContextItem, Message } from "./conversation.ts";
import { GivenContext } from "./givenContext.ts";
import { answerText, sentMessages } from "./prompt.ts";
import { sentImages } from "./sentImages.ts";
import { estimateTokens, imageTokens } from "./tokenEstimate.ts";

/** Role and separators of one message. */
const messageOverhead = 4;
/** The heading and the fence around one piece of text. */
const contextOverhead = 12;
/** The note in place of a text that was given before. */
const repeatOverhead = 20;

/**
 * Estimates what messages take, remembering each: they are immutable, and a conversation is measured at every
 * keystroke. In tokens before calibration.
 */
export class SizeEstimates {
  readonly #messages = new WeakMap<Message, number>();
  readonly #items = new WeakMap<ContextItem, number>();
  readonly #mostImages: number;

  /** `mostImages` go along with a request. */
  constructor(mostImages = maxImages) {
    this.#mostImages = mostImages;
  }

  /** What a request of `branch` sends of it. */
  branch(branch: readonly Message[]): number {
    const given = new GivenContext();
    const question = branch.at(-1);
    const images = sentImages(branch, this.#mostImages);
    return sentMessages(branch).reduce((sum, message) => {
      const isQuestion = message === question;
      return sum + this.message(message) - this.#unsent(message, isQuestion, given, images);
    }, 0);
  }

  message(message: Message): number {
    return remember(this.#messages, message, () =>
      message.kind === "user"
        ? this.question(message.instruction ?? message.text, message.context)
        : answerSize(answerText(message)),
    );
  }

  /** What of a message a note stands for, since it was given before or is an image too many, and rules that no longer count. */
  #unsent(
    message: Message,
    isQuestion: boolean,
    given: GivenContext,
    images: ReadonlySet<ContextItem>,
  ): number {
    if (message.kind === "answer") return 0;
    return message.context.reduce((sum, item) => {
      if (item.kind === "rules") return isQuestion ? sum : sum + this.item(item);
      const isNoted = item.kind === "image" ? !images.has(item) : given.isRepeated(item);
      return isNoted ? sum + Math.max(0, this.item(item) - repeatOverhead) : sum;
    }, 0);
  }

  question(text: string, context: readonly ContextItem[]): number {
    return messageOverhead + estimateTokens(text) + this.context(context);
  }

  context(items: readonly ContextItem[]): number {
    return items.reduce((sum, item) => sum + this.item(item), 0);
  }

  item(item: ContextItem): number {
    return remember(this.#items, item, () =>
      item.kind === "image"
        ? imageTokens
        : contextOverhead + estimateTokens(item.path) + estimateTokens(item.text),
    );
  }
}

/** An answer that said nothing is not sent. */
function answerSize(text: string): number {
  return text === "" ? 0 : messageOverhead + estimateTokens(text);
}

function remember<K extends object>(known: WeakMap<K, number>, key: K, measure: () => number): number {
  const size = known.get(key) ?? measure();
  known.set(key, size);
  return size;
}
