// Runs in the page: the ways to render a growing text, all behind one interface.
import { marked } from "marked";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import * as streaming from "streaming-markdown";
import { DeltaBuffer } from "../../src/host/chat/deltaBuffer.ts";
import { ManualClock } from "../support/clock.ts";
import "../support/webviewHarness/markdownPage.ts";

interface Way {
  readonly add: (text: string) => void;
  readonly end: () => void;
  /** A frame begins: may it be left out, since nothing is written in it? */
  readonly isIdle?: () => boolean;
}
declare global {
  interface Window {
    /** Renders `text`, `perFrame` characters a frame; resolves when the last frame is painted. */
    renderStream: (way: string, text: string, perFrame: number) => Promise<number>;
  }
}

/** One frame at 60 Hz, ms. */
const frameMs = 16;
/** Characters in one of the server's chunks. */
const chunkSize = 4;

function valar(box: HTMLElement, highlighting: "idle" | "none"): Way {
  const view = window.newView(highlighting);
  box.append(view.element);
  return { add: (text) => view.append(text), end: () => view.end() };
}

/**
 * A way that gets its text as the panel does from the host: a flood not in every frame. Its clock counts frames, so that
 * a page that draws faster than a screen is given the text that a screen's frame has.
 */
function asHanded(way: Way): Way {
  const clock = new ManualClock();
  let isWritten = false;
  const buffer = new DeltaBuffer(({ content }) => {
    isWritten = true;
    way.add(content);
  }, clock);
  return {
    add: (text) => {
      isWritten = false;
      clock.advance(frameMs);
      for (let at = 0; at < text.length; at += chunkSize)
        buffer.add("content", text.slice(at, at + chunkSize));
    },
    end: () => {
      buffer.flush();
      way.end();
    },
    isIdle: () => !isWritten,
  };
}

const ways: Readonly<Record<string, (box: HTMLElement) => Way>> = {
  valar: (box) => asHanded(valar(box, "idle")),
  "valar without colours": (box) => asHanded(valar(box, "none")),
  "valar, every frame": (box) => valar(box, "idle"),
  // What the frames themselves cost: plain paragraphs, nothing parsed, only the last one touched.
  "plain paragraphs": (box) => {
    let last = document.createTextNode("");
    return {
      add: (text) => {
        if (last.length === 0 || last.length > 500) {
          const paragraph = document.createElement("p");
          last = document.createTextNode("");
          paragraph.append(last);
          box.append(paragraph);
        }
        last.appendData(text);
      },
      end: () => undefined,
    };
  },
  "valar, every frame, without colours": (box) => valar(box, "none"),
  "react-markdown": (box) => {
    const root = createRoot(box);
    let all = "";
    return {
      add: (text) => {
        all += text;
        flushSync(() => root.render(createElement(Markdown, { remarkPlugins: [remarkGfm] }, all)));
      },
      end: () => undefined,
    };
  },
  "streaming-markdown": (box) => {
    const parser = streaming.parser(streaming.default_renderer(box));
    return { add: (text) => streaming.parser_write(parser, text), end: () => streaming.parser_end(parser) };
  },
  "marked + innerHTML": (box) => {
    let all = "";
    return {
      add: (text) => {
        all += text;
        box.innerHTML = marked.parse(all, { async: false });
      },
      end: () => undefined,
    };
  },
};

const nextFrame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

window.renderStream = async (name, text, perFrame) => {
  const scroller = document.createElement("div");
  scroller.className = "scroller following";
  scroller.style.height = "700px";
  const box = document.createElement("div");
  scroller.append(box);
  document.body.replaceChildren(scroller);
  const way = ways[name]?.(box);
  if (way === undefined) throw new Error(name);
  await nextFrame();
  const start = performance.now();
  for (let at = 0; at < text.length; at += perFrame) {
    // One write a frame at most, as the host joins what belongs to a frame.
    way.add(text.slice(at, at + perFrame));
    if (at + perFrame >= text.length) way.end();
    else if (way.isIdle?.() === true) continue;
    scroller.scrollTop = 2 ** 30;
    await nextFrame();
  }
  await nextFrame();
  // Until what was left for an idle moment is done, too.
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));
  return performance.now() - start;
};
