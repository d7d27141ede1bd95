import assert from "node:assert/strict";
import type { ImageContext } from "../../../../src/core/chat/conversation.ts";
import { imagePreview } from "../../../../src/core/chat/imagePreview.ts";

describe("the image for a small picture", () => {
  const image: ImageContext = {
    ...{ kind: "image", id: "i", name: "shot.png", url: "data:image/png;base64,AAAA" },
    ...{ width: 800, height: 600, bytes: 3 },
  };

  it("is the one that was attached", () => {
    assert.deepEqual(imagePreview(image), { mediaType: "image/png", data: "AAAA" });
  });

  it("is left out where it would take too much memory, or nobody knows how much", () => {
    assert.equal(imagePreview({ ...image, bytes: 7_000_000 }), undefined);
    assert.equal(imagePreview({ ...image, width: 100_000, height: 100_000 }), undefined);
    assert.equal(imagePreview({ ...image, width: undefined }), undefined);
  });

  it("is never fetched from elsewhere, nor of another kind", () => {
    assert.equal(imagePreview({ ...image, url: "https://example.com/a.png" }), undefined);
    assert.equal(imagePreview({ ...image, url: "data:image/svg+xml;base64,AAAA" }), undefined);
    const file = { kind: "file", id: "f", path: "a.ts", languageId: "typescript", text: "" } as const;
    assert.equal(imagePreview(file), undefined);
  });
});
