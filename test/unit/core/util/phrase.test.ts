import assert from "node:assert/strict";
import { inEnglish, phrase, PhraseError, sentences } from "../../../../src/core/util/phrase.ts";

describe("a phrase", () => {
  it("has its values where its placeholders are", () => {
    assert.equal(inEnglish(phrase("{1} of {0}, {1}", "all", 3)), "3 of all, 3");
  });

  it("takes phrases as values, and leaves what looks like a placeholder in a value alone", () => {
    const said = phrase("{0} must be {1}.", "{1}", phrase("a list of {0}", "a, b"));
    assert.equal(inEnglish(said), "{1} must be a list of a, b.");
  });

  it("joins sentences of both kinds", () => {
    assert.equal(
      inEnglish(sentences(phrase("It failed."), "The server said why.")),
      "It failed. The server said why.",
    );
  });

  it("is the message of its error", () => {
    assert.equal(new PhraseError(phrase("{0} s", 3)).message, "3 s");
  });
});
