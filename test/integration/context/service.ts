import assert from "node:assert/strict";
import { ContextService } from "../../../src/host/context/contextService.ts";
import type { ContextSource } from "../../../src/host/chat/ports.ts";
import type { Ask } from "../../../src/host/context/consent.ts";
import { Git } from "../../../src/host/git.ts";
import type { ContextSettings } from "../../../src/host/settings.ts";
import { createSystemClock } from "../../../src/core/util/clock.ts";

export const never = new AbortController().signal;

/** The product's context service, with a person who answers as told and settings that can be changed. */
export class TestedContext {
  settings: ContextSettings = { activeEditor: "file", rules: true, maxFileKilobytes: 256 };
  /** What the person says to the next question. */
  answer = false;
  isTrusted = true;
  readonly questions: { readonly message: string; readonly detail: string }[] = [];
  readonly service: ContextService;

  constructor() {
    const ask: Ask = (question) => {
      this.questions.push(question);
      return Promise.resolve(this.answer);
    };
    const clock = createSystemClock();
    this.service = new ContextService({
      settings: () => this.settings,
      ask,
      git: new Git(clock),
      clock,
      isTrusted: () => this.isTrusted,
      log: { error: (message) => assert.fail(message) },
    });
  }

  /** As the chat sees it. */
  get source(): ContextSource {
    return this.service;
  }

  dispose(): void {
    this.service.dispose();
  }
}
