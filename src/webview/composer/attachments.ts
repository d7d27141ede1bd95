import type { AttachResult, ErrorView, ModelView } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { fill } from "../dom.ts";
import type { HostLine } from "../hostLine.ts";
import type { Notice } from "../notice.ts";
import { base64Of, imageProblem } from "./images.ts";
import { maxTextMegabytes, plainText } from "./plainText.ts";
import type { Transferred } from "./transfer.ts";

export interface AttachmentsContext extends HostLine {
  readonly strings: ComposerStrings;
  readonly notice: Notice;
  readonly showError: (error: ErrorView) => void;
  readonly chooseModel: () => void;
}

/** What clipboards call every image. */
const commonName = /^image\.\w+$/;

/** Hands files, images and what `@` found over to the host, and says what could not be attached. */
export class Attachments {
  readonly #context: AttachmentsContext;
  #model: ModelView | undefined;
  /** Images that wait for a model that takes them. */
  #waiting: readonly File[] = [];
  #pasted = 0;
  readonly #pending = new Set<Promise<AttachResult>>();

  constructor(context: AttachmentsContext) {
    this.#context = context;
  }

  /** Resolves when all that was asked for so far is attached or declined; false when it could not be. */
  async settled(): Promise<boolean> {
    const outcomes = await Promise.allSettled(this.#pending);
    return outcomes.every((outcome) => outcome.status === "fulfilled" && outcome.value.type !== "rejected");
  }

  /** Images that waited for another model are attached. */
  update(model: ModelView): void {
    this.#model = model;
    if (this.#waiting.length === 0 || model.imageInput === false) return;
    const images = this.#waiting;
    this.#waiting = [];
    this.#context.notice.clear();
    for (const image of images) this.#attachImage(image);
  }

  /** Asks about images that the model does not take, if any wait: without an answer nothing is to be sent. */
  askAboutWaiting(send: () => void): boolean {
    if (this.#waiting.length === 0 || this.#model === undefined) return false;
    this.#offerModels(this.#model, send);
    return true;
  }

  /** Resolves to the ids of what came of it: none if it was refused, which the person is told. */
  attach(suggestionId: string): Promise<readonly string[]> {
    return this.#ask(this.#context.request("attach", { suggestionId }));
  }

  attachFiles(): void {
    void this.#ask(this.#context.request("attachFiles", undefined));
  }

  /** Takes what was dropped or pasted. */
  take({ uris, images, others }: Transferred): void {
    const { request } = this.#context;
    if (uris.length > 0) void this.#ask(request("attachUris", { uris }));
    for (const image of images) this.#attachImage(image);
    for (const file of others) this.#attachText(file);
  }

  /** A file of the operating system: where it is, nobody tells. */
  #attachText(file: File): void {
    const { strings, notice } = this.#context;
    if (file.size > maxTextMegabytes * 1024 * 1024) {
      notice.text(fill(strings.imageTooLarge, file.name, maxTextMegabytes));
      return;
    }
    void this.#ask(this.#handOverText(file));
  }

  async #handOverText(file: File): Promise<AttachResult> {
    const { strings, request } = this.#context;
    const text = await plainText(file);
    if (text !== undefined) return request("attachText", { name: file.name, text });
    const { dropNothing: message, dropNothingHint: hint } = strings;
    return { type: "rejected", error: { message, hint, requestId: undefined, actions: [] } };
  }

  #attachImage(file: File): void {
    const { strings, notice } = this.#context;
    const image = this.#named(file);
    const problem = imageProblem(image, strings);
    if (problem !== undefined) {
      notice.text(problem);
      return;
    }
    if (image !== file) this.#pasted += 1;
    if (this.#model?.imageInput === false) {
      this.#waiting = [...this.#waiting, image];
      this.#offerModels(this.#model);
      return;
    }
    void this.#ask(this.#handOver(image));
  }

  async #handOver(image: File): Promise<AttachResult> {
    const { name, type: mediaType } = image;
    return this.#context.request("attachImage", { name, mediaType, data: await base64Of(image) });
  }

  /** With `send`, the message can go without the images. */
  #offerModels({ name }: ModelView, send?: () => void): void {
    const { strings, notice, chooseModel } = this.#context;
    const drop = (): void => {
      this.#waiting = [];
      notice.clear();
    };
    const without = (): void => {
      drop();
      send?.();
    };
    notice.text(fill(strings.noImages, name), strings.noImagesHint, [
      { label: strings.chooseModel, press: chooseModel },
      ...(send === undefined ? [] : [{ label: strings.sendWithoutImages, press: without }]),
      { label: strings.cancel, press: drop },
    ]);
  }

  /** Pasted images all bear the same name: theirs are numbered, so that they can be told apart. */
  #named(image: File): File {
    if (!commonName.test(image.name)) return image;
    const name = fill(this.#context.strings.pastedImage, this.#pasted + 1);
    return new File([image], name, { type: image.type });
  }

  async #ask(result: Promise<AttachResult>): Promise<readonly string[]> {
    const { notice, showError } = this.#context;
    this.#pending.add(result);
    try {
      const outcome = await result;
      if (outcome.type === "rejected") showError(outcome.error);
      return outcome.type === "attached" ? outcome.ids : [];
    } catch (error) {
      notice.failure(error);
      return [];
    } finally {
      this.#pending.delete(result);
    }
  }
}
