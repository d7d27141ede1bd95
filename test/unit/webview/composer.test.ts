import assert from "node:assert/strict";
import { ambient, commands, models, suggestions } from "../../support/webviewHarness/composerViews.ts";
import { Harness, type OpenOptions } from "../../support/webviewHarness/harness.ts";
import type { Panel } from "../../support/webviewHarness/panel.ts";
import {
  answer,
  composer,
  failure,
  question,
  redPixel,
  running,
  snapshot,
} from "../../support/webviewHarness/views.ts";

describe("the box and what opens from it", function () {
  this.timeout(60_000);
  let harness: Harness;
  let panel: Panel;
  before(async () => {
    harness = await Harness.launch();
  });
  afterEach(async () => {
    assert.deepEqual(panel.errors, []);
    assert.deepEqual(panel.unexpectedRequests, []);
    await panel.close();
  });
  after(() => harness.close());

  const open = async (options?: OpenOptions): Promise<void> => {
    panel = await harness.open(options);
  };
  const key = (name: string): Promise<void> => panel.page.keyboard.press(name);
  const type = (text: string): Promise<void> => panel.page.keyboard.type(text);
  const focusName = (): Promise<string> =>
    panel.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  /** The active option, by what the focused element says of it. */
  const active = (): Promise<string> =>
    panel.page.evaluate(() => {
      const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
      return document.getElementById(id)?.querySelector(".popupLabel")?.textContent ?? "";
    });
  const options = (): Promise<string[]> => panel.page.locator(".popupOption .popupLabel").allTextContents();
  const opened = (): Promise<void> => panel.page.locator(".popupOption").first().waitFor();
  const found = (label: string): Promise<void> =>
    panel.page.locator(".popupOption", { hasText: label }).first().waitFor();
  const closed = (): Promise<void> => panel.page.locator(".popup").waitFor({ state: "hidden" });
  const value = (): Promise<string> => panel.box.inputValue();
  const byQuery = (params: unknown): unknown =>
    suggestions.filter(({ label }) => label.includes((params as { query: string }).query));
  const accepts = { attach: () => ({ type: "attached", ids: ["c1"] }), searchContext: byQuery };

  describe("mentions", () => {
    it("finds, is moved through by keyboard, and attaches what is chosen", async () => {
      await open({ replies: accepts });
      await panel.box.focus();
      await type("Compare @");
      await found("cart.ts");
      assert.equal(await active(), "cart.ts");
      assert.equal(await focusName(), "Message");
      await key("ArrowUp");
      assert.equal(await active(), "Files and Folders…");
      await key("ArrowDown");
      assert.equal(await active(), "cart.ts");
      await key("End");
      await key("Home");
      await key("ArrowDown");
      assert.equal(await active(), "cart.test.ts");
      await key("Enter");
      await closed();
      assert.equal(await value(), "Compare @cart.test.ts ");
      assert.deepEqual(await panel.asked("attach"), [{ suggestionId: "s2" }]);
      assert.deepEqual(await panel.asked("send"), []);
      assert.equal(await panel.box.getAttribute("aria-activedescendant"), null);
      await key("Control+z");
      assert.equal(await value(), "Compare @");
    });

    it("chooses with Tab and with the mouse, in the middle of a text", async () => {
      await open({ replies: accepts });
      await panel.box.fill("a b");
      await key("ArrowLeft");
      await type("@sub");
      await panel.page.locator(".popupOption", { hasText: "subtotal" }).waitFor();
      await key("Tab");
      assert.equal(await value(), "a @subtotal b");
      await type("@src");
      await panel.page.locator(".popupOption", { hasText: "src" }).first().click();
      assert.equal(await value(), "a @subtotal @src b");
      await key("ArrowLeft");
      await key("ArrowLeft");
      await panel.settle();
      assert.ok(await panel.page.locator(".popup").isHidden());
      assert.equal(await focusName(), "Message");
      assert.deepEqual(await panel.asked("attach"), [{ suggestionId: "s4" }, { suggestionId: "s3" }]);
    });

    it("opens only behind a blank or at the start, and closes with Escape until asked again", async () => {
      await open({ replies: accepts });
      await panel.box.focus();
      await type("me@example.com");
      assert.equal((await panel.asked("searchContext")).length, 0);
      await type(" @c");
      await opened();
      await key("Escape");
      await closed();
      await type("a");
      assert.ok(await panel.page.locator(".popup").isHidden());
      assert.equal(await value(), "me@example.com @ca");
      await type(" @s");
      await opened();
    });

    it("tells apart what is called the same, and takes away what its own words stood for", async () => {
      const ids = ["a", "b"];
      const searchContext = (): unknown =>
        ids.map((id) => ({ id, kind: "file", label: "index.ts", detail: `src/${id}` }));
      const attach = (params: unknown): unknown => ({
        type: "attached",
        ids: [`c-${(params as { suggestionId: string }).suggestionId}`],
      });
      await open({ replies: { searchContext, attach } });
      await panel.box.focus();
      for (const at of [0, 1]) {
        await type("@in");
        await opened();
        await panel.page.locator(".popupOption").nth(at).click();
        await closed();
      }
      assert.equal(await value(), "@index.ts @src/b/index.ts ");
      await panel.box.fill("@src/b/index.ts");
      while (panel.requests("removeContext").length < 1) await panel.settle();
      assert.deepEqual(await panel.asked("removeContext"), [{ id: "c-a" }]);
      await panel.box.fill("");
      while (panel.requests("removeContext").length < 2) await panel.settle();
      assert.deepEqual(await panel.asked("removeContext"), [{ id: "c-a" }, { id: "c-b" }]);
    });

    it("closes with Escape while an answer runs, which goes on: VS Code hears nothing of that key", async () => {
      const snapshotNow = snapshot({ messages: [question("Why?"), answer("So", running)] });
      await open({ replies: accepts, snapshot: snapshotNow });
      await panel.page.evaluate(() => {
        window.addEventListener("keydown", ({ key }) => {
          if (key === "Escape") document.body.dataset["heard"] = key;
        });
      });
      await panel.box.focus();
      await type("@c");
      await opened();
      await key("Escape");
      await closed();
      assert.deepEqual(await panel.asked("stop"), []);
      assert.equal(await panel.page.locator("body").getAttribute("data-heard"), null);
      await key("Escape");
      assert.equal((await panel.asked("stop")).length, 1);
    });

    it("gives up a search that typing has overtaken, and never shows its results", async () => {
      const waiting = new Map<string, (found: unknown) => void>();
      const searchContext = (params: unknown): unknown =>
        new Promise((resolve) => waiting.set((params as { query: string }).query, resolve));
      await open({ replies: { searchContext } });
      await panel.box.focus();
      await type("@");
      await panel.untilRequested("searchContext");
      await type("cart");
      while (!waiting.has("cart")) await panel.settle();
      assert.ok(panel.cancelled("searchContext") > 0);
      waiting.get("cart")?.([suggestions[0]]);
      await panel.page.locator(".popupOption", { hasText: "cart.ts" }).waitFor();
      waiting.get("")?.(suggestions);
      await panel.settle();
      assert.deepEqual(await options(), ["cart.ts"]);
    });

    it("does not send while it searches, and sends when nothing was found", async () => {
      let answerSearch: (found: unknown) => void = () => undefined;
      const searchContext = (): unknown => new Promise((resolve) => (answerSearch = resolve));
      await open({ replies: { searchContext } });
      await panel.box.focus();
      await type("@nobody");
      await panel.page.locator(".popupMessage", { hasText: "Searching…" }).waitFor();
      await key("Enter");
      assert.deepEqual(await panel.asked("send"), []);
      const asked = (): unknown => panel.requests("searchContext").at(-1);
      while ((asked() as { query: string } | undefined)?.query !== "nobody") await panel.settle();
      answerSearch([]);
      await panel.page.locator(".popupMessage", { hasText: "Nothing found" }).waitFor();
      await key("Enter");
      await panel.untilRequested("send");
    });

    it("leaves keys alone while an input method composes", async () => {
      await open({ replies: accepts });
      await panel.box.focus();
      await type("@c");
      await found("cart.ts");
      for (const [isComposing, keyCode] of [
        [true, 13],
        [false, 229],
      ]) {
        await panel.box.evaluate(
          (box, init) =>
            box.dispatchEvent(
              new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }),
            ),
          { isComposing: isComposing === true, keyCode: Number(keyCode) },
        );
      }
      assert.equal(await value(), "@c");
      assert.deepEqual(await panel.asked("attach"), []);
    });

    it("opens from the attach button, with VS Code's own dialog, and Escape leaves no sign", async () => {
      await open({ replies: { ...accepts, attachFiles: () => ({ type: "declined" }) } });
      await panel.button("Attach Context…").focus();
      await key("Enter");
      await opened();
      assert.equal(await focusName(), "Message");
      await key("Escape");
      assert.equal(await value(), "");
      await panel.button("Attach Context…").click();
      await opened();
      await panel.page.locator(".popupOption", { hasText: "Files and Folders…" }).click();
      assert.equal(await value(), "");
      assert.equal((await panel.asked("attachFiles")).length, 1);
    });

    it("says why something was not attached, and takes the mention out again", async () => {
      await open({ replies: { ...accepts, attach: () => ({ type: "rejected", error: failure }) } });
      await panel.box.focus();
      await type("look at @cart.ts");
      await found("cart.ts");
      await key("Enter");
      await panel.page.locator(".notice", { hasText: failure.message }).waitFor();
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "look at ");
      await type("it");
      assert.equal(await value(), "look at it");
    });

    it("goes with its context when it is taken out of the text, and comes back with it", async () => {
      await open({ replies: accepts });
      await panel.box.focus();
      await type("look at @cart.ts");
      await found("cart.ts");
      await key("Enter");
      await type("now");
      assert.deepEqual(await panel.asked("removeContext"), []);
      for (let back = 0; back < 5; back++) await key("Backspace");
      await panel.untilRequested("removeContext");
      assert.deepEqual(await panel.asked("removeContext"), [{ id: "c1" }]);
      assert.equal((await panel.asked("attach")).length, 1);
      await key("Escape");
      await type("s ");
      while (panel.requests("attach").length < 2) await panel.settle();
      await panel.box.fill("@cart.tsx");
      while (panel.requests("removeContext").length < 2) await panel.settle();
    });

    it("is attached before the message goes, and then stays", async () => {
      let attach: ((result: unknown) => void) | undefined;
      await open({ replies: { ...accepts, attach: () => new Promise((resolve) => (attach = resolve)) } });
      await panel.box.focus();
      await type("@cart.ts");
      await found("cart.ts");
      await key("Enter");
      await key("Enter");
      await panel.untilRequested("attach");
      await panel.settle();
      assert.deepEqual(await panel.asked("send"), []);
      attach?.({ type: "attached", ids: ["c1"] });
      await panel.untilRequested("send");
      await type("next");
      assert.deepEqual(await panel.asked("removeContext"), []);
    });
  });

  it("takes a mention away that is deleted while it is being attached, before the message goes", async () => {
    let attach: ((result: unknown) => void) | undefined;
    await open({ replies: { ...accepts, attach: () => new Promise((resolve) => (attach = resolve)) } });
    await panel.box.focus();
    await type("@cart.ts");
    await found("cart.ts");
    await key("Enter");
    await panel.untilRequested("attach");
    await panel.box.fill("without it");
    await key("Enter");
    await panel.settle();
    assert.deepEqual(await panel.asked("send"), []);
    attach?.({ type: "attached", ids: ["c1"] });
    await panel.untilRequested("send");
    assert.deepEqual(await panel.asked("removeContext"), [{ id: "c1" }]);
  });

  describe("commands", () => {
    const ready = snapshot({ composer: composer({ commands }) });

    it("opens at the start of the text only, and filters", async () => {
      await open({ snapshot: ready });
      await panel.box.focus();
      await type("what /");
      assert.ok(await panel.page.locator(".popup").isHidden());
      await panel.box.fill("");
      await type("/");
      await opened();
      assert.deepEqual(await options(), ["/explain", "/fix", "/tests", "/review"]);
      await type("ex");
      assert.deepEqual(await options(), ["/explain"]);
      await key("Enter");
      assert.equal(await value(), "/explain ");
      assert.deepEqual(await panel.asked("send"), []);
      await key("Enter");
      await panel.untilRequested("send");
    });

    it("shows commands that come late, and again after the focus was elsewhere", async () => {
      await open();
      await panel.box.focus();
      await type("/ex");
      await closed();
      await panel.emit({ type: "composer", composer: composer({ commands }) });
      await opened();
      assert.deepEqual(await options(), ["/explain"]);
      await panel.button("Attach Context…").focus();
      await closed();
      await panel.box.focus();
      await type("p");
      await opened();
    });

    it("sends a whole command at once, and text that only looks like one", async () => {
      await open({ snapshot: ready });
      await panel.box.focus();
      await type("/fix");
      await closed();
      await key("Enter");
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
      await type("/usr/bin");
      await closed();
      await key("Enter");
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
      assert.deepEqual(
        (await panel.asked("send")).map((params) => (params as { text: string }).text),
        ["/fix", "/usr/bin"],
      );
    });

    it("is offered in an empty conversation", async () => {
      await open({ snapshot: ready });
      await panel.button("/review").click();
      assert.equal(await value(), "/review ");
      assert.equal(await focusName(), "Message");
    });
  });

  describe("pickers", () => {
    it("choose a model by keyboard: what is known of each is said", async () => {
      await open({ replies: { listModels: () => models } });
      await panel.page.locator(".modelPicker").focus();
      await key("Enter");
      await opened();
      assert.equal(await active(), "GLM-5.1");
      const unknown = panel.page.locator(".popupOption").nth(2);
      assert.match((await unknown.textContent()) ?? "", /unknown model.*price unknown/);
      await type("k");
      assert.equal(await active(), "Kimi K2.6");
      await key("Enter");
      await closed();
      assert.deepEqual(await panel.asked("chooseModel"), [{ id: "moonshotai/Kimi-K2.6" }]);
      assert.equal(await focusName(), "Model: GLM-5.1");
      const chosen = models[1];
      assert.ok(chosen);
      await panel.emit({ type: "composer", composer: composer({ model: chosen }) });
      assert.equal(await focusName(), "Model: Kimi K2.6");
    });

    it("say that the models could not be loaded, and try again", async () => {
      let isDown = true;
      const listModels = (): unknown => {
        if (isDown) throw new Error("You are offline.");
        return models;
      };
      await open({ replies: { listModels } });
      await panel.page.locator(".modelPicker").click();
      await panel.page.locator(".popupMessage", { hasText: "You are offline." }).waitFor();
      isDown = false;
      await key("Enter");
      await panel.page.locator(".popupOption", { hasText: "Kimi" }).waitFor();
    });

    it("choose the effort and the window, and show the price of each", async () => {
      await open({ snapshot: snapshot({ composer: composer({ effort: "low" }) }) });
      await panel.page.locator(".effortPicker").focus();
      await key("ArrowDown");
      await opened();
      assert.equal(await active(), "Low");
      await key("End");
      await key("Enter");
      await panel.page.locator(".effortPicker").click();
      await key("Home");
      await key("Enter");
      assert.deepEqual(await panel.asked("chooseEffort"), [{ effort: "xhigh" }, { effort: undefined }]);
      await panel.page.locator(".windowPicker").click();
      assert.match((await panel.page.locator(".popup").textContent()) ?? "", /\$0\.73 in, \$2\.51 out/);
      await key("ArrowDown");
      await key("Enter");
      assert.deepEqual(await panel.asked("chooseWindow"), [{ window: "standard" }]);
    });

    it("close when the focus goes, and with Escape, which then does not stop the answer", async () => {
      await open({ snapshot: snapshot({ messages: [question("Why?"), answer("So", running)] }) });
      await panel.page.locator(".windowPicker").click();
      await opened();
      await key("Escape");
      await closed();
      assert.equal(await focusName(), "Completion window: Now");
      await key("Enter");
      await opened();
      await panel.box.focus();
      await closed();
      assert.equal((await panel.asked("stop")).length, 0);
    });
  });

  describe("context", () => {
    it("has one chip for what is attached and comes along by itself, too", async () => {
      const context = [{ id: "c1", kind: "file", label: "cart.ts", detail: "src/cart.ts" }] as const;
      await open({ snapshot: snapshot({ composer: composer({ ambient, context }) }) });
      const chips = panel.page.locator(".composer .chip");
      assert.deepEqual(await chips.allInnerTexts(), ["AGENTS.md", "cart.ts"]);
      await panel.emit({ type: "composer", composer: composer({ ambient, context: [] }) });
      await panel.page.locator(".chip.ambient", { hasText: "cart.ts" }).waitFor();
      assert.deepEqual(await chips.allInnerTexts(), ["cart.ts", "AGENTS.md"]);
    });

    it("can be opened, and ambient context switched off and on without losing the focus", async () => {
      const context = [{ id: "c1", kind: "file" as const, label: "cart.ts", detail: "src" }];
      const [editor] = ambient;
      assert.ok(editor);
      await open({ snapshot: snapshot({ composer: composer({ ambient: [editor], context }) }) });
      await panel.button("Open cart.ts").click();
      assert.deepEqual(await panel.asked("openContext"), [{ id: "c1" }]);
      const toggle = panel.page.locator(".chip.ambient");
      await toggle.focus();
      await key("Space");
      const off = [{ ...editor, isOn: false }];
      await panel.emit({ type: "composer", composer: composer({ ambient: off, context: [...context] }) });
      assert.equal(await toggle.getAttribute("aria-pressed"), "false");
      assert.ok(await toggle.evaluate((node) => node === document.activeElement));
      await key("Space");
      assert.deepEqual(await panel.asked("setAmbient"), [
        { id: "editor", isOn: false },
        { id: "editor", isOn: true },
      ]);
    });

    it("takes files that are dropped, by VS Code's own list first", async () => {
      await open({ replies: { attachUris: () => ({ type: "attached" }) } });
      const drop = (data: Record<string, string>): Promise<boolean> =>
        panel.page.evaluate((entries) => {
          const dataTransfer = new DataTransfer();
          for (const [format, text] of Object.entries(entries)) dataTransfer.setData(format, text);
          const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector(".scroller")?.dispatchEvent(event);
          return event.defaultPrevented;
        }, data);
      assert.ok(
        await drop({
          "text/uri-list": "file:///a.ts",
          "application/vnd.code.uri-list": "file:///a.ts\r\nvscode-remote://ssh/b.ts",
        }),
      );
      assert.equal(await drop({ "text/uri-list": "https://a.example/" }), false);
      assert.deepEqual(await panel.asked("attachUris"), [
        { uris: ["file:///a.ts", "vscode-remote://ssh/b.ts"] },
      ]);
    });

    it("takes the text of files of the operating system, and says what holds none", async () => {
      await open({ replies: { attachText: () => ({ type: "attached", ids: ["t"] }) } });
      const drop = (name: string, bytes: number[]): Promise<void> =>
        panel.page.evaluate(
          ({ name, bytes }) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
            const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
            document.querySelector(".scroller")?.dispatchEvent(event);
          },
          { name, bytes },
        );
      await drop("notes.md", [...Buffer.from("grün")]);
      await panel.untilRequested("attachText");
      assert.deepEqual(await panel.asked("attachText"), [{ name: "notes.md", text: "grün" }]);
      await drop("tool.exe", [77, 90, 0, 1]);
      await panel.page.locator(".notice", { hasText: "What was dropped cannot be attached." }).waitFor();
      await panel.button("Close").click();
      assert.equal(await panel.page.locator(".notice .error").count(), 0);
      assert.equal(await focusName(), "Message");
      assert.equal((await panel.asked("attachText")).length, 1);
    });

    it("takes pasted images and shows them small", async () => {
      const attachImage = (): unknown => ({ type: "attached" });
      const kimi = composer({ model: models[1] ?? composer().model });
      const contextImage = (): unknown => redPixel;
      await open({ snapshot: snapshot({ composer: kimi }), replies: { attachImage, contextImage } });
      await panel.pasteImage(4, "image/tiff");
      await panel.page.locator(".notice", { hasText: "“Pasted image 1” is not a JPEG" }).waitFor();
      await panel.pasteImage(4);
      await panel.untilRequested("attachImage");
      const [image] = (await panel.asked("attachImage")) as {
        name: string;
        mediaType: string;
        data: string;
      }[];
      assert.equal(image?.name, "Pasted image 1");
      assert.equal(image.mediaType, "image/png");
      assert.equal(Buffer.from(image.data, "base64").subarray(1, 4).toString(), "PNG");
      const context = [{ id: "i", kind: "image" as const, label: "Pasted image 1", detail: "" }];
      await panel.emit({ type: "composer", composer: { ...kimi, context } });
      await panel.page.locator(".chip canvas").waitFor();
    });

    it("sends a message only with the image that was pasted before, and keeps it when that fails", async () => {
      const kimi = composer({ model: models[1] ?? composer().model });
      const attachImage: unknown[] = [
        { type: "attached", ids: ["i"] },
        { type: "rejected", error: failure },
      ];
      await open({
        snapshot: snapshot({ composer: kimi }),
        replies: { attachImage: () => attachImage.shift() },
      });
      await panel.page.evaluate(() => {
        const real = window.FileReader;
        window.FileReader = class extends real {
          override readAsDataURL(file: Blob): void {
            window.addEventListener("readNow", () => super.readAsDataURL(file), { once: true });
          }
        };
      });
      const readIt = () => panel.page.evaluate(() => window.dispatchEvent(new Event("readNow")));
      await panel.box.fill("Look:");
      await panel.pasteImage(4);
      await key("Enter");
      await panel.settle();
      assert.deepEqual(await panel.asked("send"), []);
      await readIt();
      await panel.untilRequested("send");
      assert.equal((await panel.asked("attachImage")).length, 1);

      await panel.box.fill("And this:");
      await panel.pasteImage(4);
      await key("Enter");
      await panel.settle();
      await readIt();
      await panel.page.locator(".notice", { hasText: failure.message }).waitFor();
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "And this:");
      assert.equal((await panel.asked("send")).length, 1);
    });

    it("asks what is to become of an image that the model does not take before it sends", async () => {
      await open();
      await panel.box.fill("Look:");
      await panel.pasteImage(4);
      await panel.button("Choose Model…").waitFor();
      await key("Enter");
      await panel.button("Send Without Images").waitFor();
      assert.deepEqual(await panel.asked("send"), []);
      assert.equal(await value(), "Look:");
      await panel.button("Send Without Images").click();
      await panel.untilRequested("send");
      assert.equal(await panel.page.locator(".notice .error").count(), 0);
      assert.deepEqual(await panel.asked("attachImage"), []);
    });

    it("refuses images of another kind, and offers another model where this one takes none", async () => {
      await open({ replies: { listModels: () => models, attachImage: () => ({ type: "attached" }) } });
      await panel.box.fill("Look:");
      await panel.pasteImage(4, "image/tiff", "scan.tiff");
      await panel.page.locator(".notice", { hasText: "“scan.tiff” is not a JPEG" }).waitFor();
      await panel.pasteImage(4);
      await panel.page.locator(".notice", { hasText: "GLM-5.1 does not take images." }).waitFor();
      await panel.button("Choose Model…").click();
      await opened();
      assert.deepEqual(await panel.asked("attachImage"), []);
      await panel.emit({
        type: "composer",
        composer: composer({ model: models[1] ?? composer().model }),
      });
      await panel.untilRequested("attachImage");
      assert.equal(await panel.page.locator(".notice .error").count(), 0);
      assert.equal(await value(), "Look:");
    });
  });

  describe("the meter", () => {
    it("says how full the request is and what it costs at least", async () => {
      const meter = { promptTokens: 12_345, limitTokens: 128_000, minCostUsd: 0.0041 };
      await open({ snapshot: snapshot({ composer: composer({ meter }) }) });
      const text = "≈ 12.3k of 128k tokens · at least $0.0041";
      assert.equal(await panel.page.getByRole("img", { name: text }).getAttribute("title"), text);
      await panel.emit({
        type: "composer",
        composer: composer({ meter: { promptTokens: 103_000, limitTokens: 128_000, minCostUsd: undefined } }),
      });
      await panel.page.getByRole("img", { name: "≈ 103k of 128k tokens · nearly full" }).waitFor();
      const spent = { usd: 0.125, isAtLeast: true };
      await panel.emit({ type: "composer", composer: composer({ meter: { ...meter, spent } }) });
      await panel.page.getByRole("img", { name: `${text} · this chat so far: at least $0.125` }).waitFor();
      const over = { promptTokens: 1_500_000, limitTokens: 1_000_000, minCostUsd: undefined };
      await panel.emit({ type: "composer", composer: composer({ meter: over }) });
      await panel.page.getByRole("img", { name: "≈ 1.5M of 1M tokens · too long" }).waitFor();
    });

    it("offers what may be left out, and keeps the text when nothing may", async () => {
      const tooLong = {
        type: "tooLong",
        promptTokens: 140_000,
        limitTokens: 128_000,
        choices: [{ id: "dropOldest", label: "Leave Out Old Messages", detail: "6 of 24" }],
      };
      const replies = [tooLong, tooLong, { type: "accepted" }];
      await open({ replies: { send: () => replies.shift() } });
      await panel.box.fill("long");
      await key("Enter");
      await panel.page.locator(".fitPanel").waitFor();
      assert.equal(
        await panel.page.evaluate(() => document.activeElement?.textContent),
        "Leave Out Old Messages",
      );
      await key("Escape");
      assert.equal(await focusName(), "Message");
      assert.equal(await panel.page.locator(".fitPanel").count(), 0);
      assert.equal(await value(), "long");
      await key("Enter");
      await panel.button("Leave Out Old Messages").click();
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
      const fits = (await panel.asked("send")).map((params) => (params as { fit?: string }).fit);
      assert.deepEqual(fits, [undefined, undefined, "dropOldest"]);
      const ids = (await panel.asked("send")).map((params) => (params as { clientId: string }).clientId);
      assert.equal(new Set(ids).size, 3);
    });
  });

  describe("the queue", () => {
    const answering = [question("Why?"), answer("So", running)];
    const one = { id: "w1", text: "And then?", context: [] };

    it("takes a message while an answer runs, and gives it back without losing what is typed", async () => {
      const queue = { messages: [one], isPaused: false };
      await open({
        snapshot: snapshot({ messages: answering }),
        replies: { send: () => ({ type: "queued" }), removeQueued: () => ({ text: "And then?" }) },
      });
      await panel.box.fill("And then?");
      await key("Enter");
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value === "");
      await panel.emit({ type: "queue", queue });
      await panel.button("Stop").waitFor();
      await panel.box.fill("Typing");
      await panel.button("Take back: And then?").click();
      await panel.page.waitForFunction(
        () => document.querySelector("textarea")?.value === "Typing\nAnd then?",
      );
      assert.deepEqual(await panel.asked("removeQueued"), [{ id: "w1" }]);
      await panel.emit({ type: "queue", queue: { messages: [], isPaused: false } });
      await panel.page.locator(".queue").waitFor({ state: "hidden" });
      assert.equal(await focusName(), "Message");
    });

    it("shows a message until it is back in the box, and takes it back once", async () => {
      let giveBack: (message: unknown) => void = () => undefined;
      await open({
        snapshot: snapshot({ messages: answering, queue: { messages: [one], isPaused: false } }),
        replies: { removeQueued: () => new Promise((resolve) => (giveBack = resolve)) },
      });
      const row = panel.page.locator(".queue .queued");
      await panel.button("Take back: And then?").click();
      await panel.emit({ type: "queue", queue: { messages: [], isPaused: false } });
      await panel.settle();
      assert.equal(await row.count(), 1);
      await panel.button("Take back: And then?").click();
      giveBack({ text: "And then?" });
      await row.waitFor({ state: "detached" });
      assert.equal(await panel.box.inputValue(), "And then?");
      assert.equal((await panel.asked("removeQueued")).length, 1);
    });

    it("shows a message once that a snapshot brought back before the answer", async () => {
      let giveBack: (message: unknown) => void = () => undefined;
      await open({
        snapshot: snapshot({ messages: answering, queue: { messages: [one], isPaused: false } }),
        replies: { removeQueued: () => new Promise((resolve) => (giveBack = resolve)) },
      });
      await panel.button("Take back: And then?").click();
      const now = snapshot({ messages: answering, draft: "And then?" });
      await panel.emit({ type: "snapshot", snapshot: now });
      await panel.page.waitForFunction(() => document.querySelector("textarea")?.value !== "");
      giveBack({ text: "And then?" });
      await panel.page.locator(".queue").waitFor({ state: "hidden" });
      assert.equal(await panel.box.inputValue(), "And then?");
    });

    it("waits for the person when it is paused, and keeps the focus when it changes", async () => {
      const two = { id: "w2", text: "Second", context: [] };
      await open({ snapshot: snapshot({ queue: { messages: [one, two], isPaused: true } }) });
      await panel.button("Take back: Second").focus();
      await panel.emit({ type: "queue", queue: { messages: [two], isPaused: true } });
      await panel.settle();
      assert.equal(await focusName(), "Take back: Second");
      await panel.button("Send Now").click();
      assert.equal((await panel.asked("resumeQueue")).length, 1);
    });

    it("says whether the person stopped the answer that it waits for", async () => {
      await open({ snapshot: snapshot({ queue: { messages: [one], isPaused: true } }) });
      const reason = panel.page.locator(".queuePaused span").first();
      assert.equal(await reason.textContent(), "These wait, since the answer before them did not end well.");
      await panel.emit({ type: "queue", queue: { messages: [one], isPaused: true, isStopped: true } });
      await panel.settle();
      assert.equal(await reason.textContent(), "These wait, since you stopped the answer before them.");
    });
  });

  for (const [width, height] of [
    [160, 350],
    [220, 560],
    [320, 560],
    [600, 300],
  ] as const) {
    it(`stays within a panel of ${width} × ${height}, lists and all`, async () => {
      const view = composer({ ambient, commands, model: models[2] ?? composer().model });
      await open({ snapshot: snapshot({ composer: view }), replies: accepts, width, height });
      await panel.box.focus();
      await type("@");
      await opened();
      const [overflow, top, left, right] = await panel.page.evaluate(() => {
        const box = document.querySelector(".popup")?.getBoundingClientRect();
        return [document.documentElement.scrollWidth - innerWidth, box?.top, box?.left, box?.right];
      });
      assert.equal(overflow, 0);
      assert.ok(
        (top ?? -1) >= 0 && (left ?? -1) >= 0 && (right ?? Infinity) <= width,
        `${top} ${left} ${right}`,
      );
    });
  }
});
