import type { SuggestionView } from "../../protocol/chat.ts";

export interface MentionActions {
  /** Attaches what was suggested; resolves to the ids of what came of it, none if nothing did. */
  readonly attach: (suggestionId: string) => Promise<readonly string[]>;
  readonly remove: (id: string) => void;
}

interface Mention {
  readonly suggestionId: string;
  /** Of the context that came of it: none if nothing did. */
  readonly ids: Promise<readonly string[]>;
  /** Is it out of the text, and its context with it? */
  readonly isOut: boolean;
}

/**
 * The `@` mentions that brought context along, by what stands for them in the text. One that is taken out of the text
 * takes its context with it, and brings it back when it comes back, as with Undo. Context that was removed by its
 * chip stays away.
 */
export class Mentions {
  readonly #actions: MentionActions;
  #mentions = new Map<string, Mention>();
  /** Context that goes as soon as it is attached. */
  readonly #leaving = new Set<Promise<void>>();
  readonly #coming = new Set<Promise<readonly string[]>>();

  constructor(actions: MentionActions) {
    this.#actions = actions;
  }

  /** What is to stand for a suggestion in the text: with the way to it where something else is called the same. */
  markFor({ id, kind, label, detail }: SuggestionView): string {
    const mark = `@${label}`;
    if ((this.#mentions.get(mark)?.suggestionId ?? id) === id) return mark;
    return kind === "file" || kind === "folder" ? `@${detail || "."}/${label}` : `${mark} (${detail})`;
  }

  /** Attaches what `mark` stands for in the text; false if nothing came of it. */
  async add(mark: string, suggestionId: string): Promise<boolean> {
    const mentions = this.#mentions;
    const ids = this.#attach(suggestionId);
    mentions.set(mark, { suggestionId, ids, isOut: false });
    const isAttached = (await ids).length > 0;
    if (!isAttached && mentions.get(mark)?.ids === ids) mentions.delete(mark);
    return isAttached;
  }

  /** Resolves when all context that belongs to the text is attached, and what does not is off. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#coming, ...this.#leaving]);
  }

  /** To be called when the person has changed the text. */
  update(text: string): void {
    for (const [mark, mention] of this.#mentions) {
      const isOut = !holds(text, mark);
      if (isOut === mention.isOut) continue;
      this.#mentions.set(mark, { ...mention, isOut });
      if (isOut) void this.#leave(mention.ids);
      else void this.add(mark, mention.suggestionId);
    }
  }

  /** The text is sent: what comes next has mentions of its own. */
  clear(): void {
    this.#mentions = new Map();
  }

  async #attach(suggestionId: string): Promise<readonly string[]> {
    const { attach } = this.#actions;
    // What is still to go must not take away what comes back.
    const coming =
      this.#leaving.size === 0
        ? attach(suggestionId)
        : Promise.allSettled(this.#leaving).then(() => attach(suggestionId));
    this.#coming.add(coming);
    try {
      return await coming;
    } finally {
      this.#coming.delete(coming);
    }
  }

  async #leave(ids: Mention["ids"]): Promise<void> {
    const leaving = ids.then((all) => all.forEach((id) => this.#actions.remove(id)));
    this.#leaving.add(leaving);
    try {
      await leaving;
    } finally {
      this.#leaving.delete(leaving);
    }
  }
}

/** Does the mark stand in the text, and not only as the beginning of a longer word or path? */
function holds(text: string, mark: string): boolean {
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (!/^\/?[\p{L}\p{N}_]/u.test(text.slice(at + mark.length))) return true;
  }
  return false;
}
