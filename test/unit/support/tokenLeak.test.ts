import assert from "node:assert/strict";
import fc from "fast-check";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findTokenLeaks } from "../../support/tokenLeak.ts";

const token = "sk_test_a+b/c=d~é_0123456789";

describe("the search for a leaked token", () => {
  const disguises: Readonly<Record<string, (text: string) => string>> = {
    plain: (text) => text,
    "URL-encoded": encodeURIComponent,
    base64: (text) => Buffer.from(text).toString("base64"),
    base64url: (text) => Buffer.from(text).toString("base64url"),
    hexadecimal: (text) => Buffer.from(text).toString("hex"),
    "upper-case hexadecimal": (text) => Buffer.from(text).toString("hex").toUpperCase(),
    JSON: (text) => JSON.stringify({ text }),
  };

  for (const [name, disguise] of Object.entries(disguises)) {
    it(`finds it ${name}, whatever stands around it`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.string(), fc.string(), async (before, after) => {
          const leaks = await findTokenLeaks(token, {
            texts: { log: disguise(`${before}${token}${after}`) },
          });
          assert.equal(leaks.length, 1);
        }),
      );
    });
  }

  it("finds nothing where there is nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
        assert.deepEqual(await findTokenLeaks(token, { texts: { text } }), []);
      }),
    );
  });

  it("does not print the token it found", async () => {
    const [leak] = await findTokenLeaks(token, { texts: { log: `Bearer ${token} was sent` } });
    assert.ok(leak);
    assert.equal(leak.where, "log");
    assert.ok(!JSON.stringify(leak).includes(token));
    assert.match(leak.excerpt, /^Bearer █+ was sent$/);
  });

  it("searches folders to their depth, binary files too, and leaves out what may hold it", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "valar-leak-"));
    await mkdir(path.join(folder, "a/b"), { recursive: true });
    const ascii = "sk_test_plain_ascii_key";
    await writeFile(
      path.join(folder, "a/b/binary"),
      Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(ascii)]),
    );
    await writeFile(path.join(folder, "a/utf16"), Buffer.from(ascii, "utf16le"));
    await writeFile(path.join(folder, "secrets"), ascii);
    await writeFile(path.join(folder, "clean"), "nothing");
    const leaks = await findTokenLeaks(ascii, {
      paths: [folder],
      mayHold: (file) => file.endsWith("secrets"),
    });
    await rm(folder, { recursive: true });
    assert.deepEqual(leaks.map(({ where }) => path.relative(folder, where)).toSorted(), [
      "a/b/binary",
      "a/utf16",
    ]);
  });

  it("refuses to search a place that is not there", async () => {
    await assert.rejects(findTokenLeaks(token, { paths: ["/nowhere/at/all"] }), /ENOENT/);
  });
});
