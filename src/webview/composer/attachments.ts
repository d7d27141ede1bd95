import type { AttachResult, ErrorView, ModelView } from "../../protocol/chat.ts";
import type { ComposerStrings } from "../../protocol/composerStrings.ts";
import { fill } from "../dom.ts";
import type { HostLine } from "../hostLine.ts";
import type { Notice } from "../notice.ts";
import { base64Of, drawThumbnail, imageProblem } from "./images.ts";
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
  readonly #thumbnails = new Map<string, HTMLCanvasElement>();
  #model: ModelView | undefined;
  /** Images that wait for a model that takes them. */
  #waiting: readonly File[] = [];
  #pasted = 0;
  readonly #pending = new Set<Promise<AttachResult>>();

  constructor(context: AttachmentsContext) {
    this.#context = context;
  }

  /** Resolves when all that was asked for so far is attached, or is not going to be. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }

  thumbnail(name: string): HTMLCanvasElement | undefined {
    return this.#thumbnails.get(name);
  }

  /** Images that waited for another model are attached. */
  update(model: ModelView): void {
    this.#model = model;
    if (this.#waiting.length === 0 || model.imageInput === false) return;
    const images = this.#waiting;
    this.#waiting = [];
    this.#context.notice.clear();
    for (const image of images) void this.#attachImage(image);
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
    const { strings, notice, request } = this.#context;
    if (uris.length > 0) void this.#ask(request("attachUris", { uris }));
    for (const image of images) void this.#attachImage(this.#named(image));
    if (uris.length > 0 || images.length > 0 || others.length === 0) return;
    const choose = { label: strings.filesAndFolders, press: () => this.attachFiles() };
    notice.text(strings.dropNothing, strings.dropNothingHint, [choose]);
  }

  async #attachImage(image: File): Promise<void> {
    const { strings, notice, request } = this.#context;
    const problem = imageProblem(image, strings);
    if (problem !== undefined) {
      notice.text(problem);
      return;
    }
    if (this.#model?.imageInput === false) {
      this.#waiting = [...this.#waiting, image];
      this.#offerModels(this.#model);
      return;
    }
    try {
      const picture = await drawThumbnail(image);
      if (picture !== undefined) this.#thumbnails.set(image.name, picture);
      const { name, type: mediaType } = image;
      await this.#ask(request("attachImage", { name, mediaType, data: await base64Of(image) }));
    } catch (error) {
      notice.failure(error);
    }
  }

  #offerModels({ name }: ModelView): void {
    const { strings, notice, chooseModel } = this.#context;
    const cancel = (): void => {
      this.#waiting = [];
      notice.clear();
    };
    notice.text(fill(strings.noImages, name), strings.noImagesHint, [
      { label: strings.chooseModel, press: chooseModel },
      { label: strings.cancel, press: cancel },
    ]);
  }

  /** Pasted images all bear the same name: theirs are numbered, so that they can be told apart. */
  #named(image: File): File {
    if (!commonName.test(image.name)) return image;
    this.#pasted += 1;
    const name = fill(this.#context.strings.pastedImage, this.#pasted);
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
