import { linkedFile } from "../../core/markdown/filePlace.ts";
import { visibleText } from "../../core/markdown/invisible.ts";
import { linkTarget } from "../../core/markdown/linkTarget.ts";
import type { FilePlace, Inline } from "../../core/markdown/nodes.ts";
import { element, fill } from "../dom.ts";
import type { RenderContext } from "./renderContext.ts";
import { visibleNodes } from "./visibleText.ts";

/**
 * Fills `host` for a link: the label, and its address where the label alone would mislead. Has no `href`, so
 * that nothing but a click on it, which asks the host, ever leads anywhere. One to a file opens that.
 */
export function decorateLink(
  host: HTMLElement,
  label: HTMLElement,
  href: string,
  context: RenderContext,
): void {
  host.replaceChildren(label);
  host.className = "linkPart";
  label.className = "";
  delete label.dataset["href"];
  const file = linkedFile(href);
  linkToFile(label, file, context);
  if (file !== undefined) return;
  const target = linkTarget(href, label.textContent);
  label.className = target.href === undefined ? "refusedLink" : "link";
  label.title = fill(context.strings.linkTarget, visibleText(target.shown));
  if (target.href !== undefined) {
    label.setAttribute("role", "link");
    label.tabIndex = 0;
    label.dataset["href"] = target.href;
  }
  if (target.reveal) host.append(element("span", "linkTarget", " (", ...visibleNodes(target.shown), ")"));
}

/** Stands for an image, which is never loaded: its description, and a link to it if it may be opened. */
export function imagePart(image: Inline & { type: "image" }, context: RenderContext): HTMLElement {
  const description = fill(context.strings.imageNotLoaded, image.alt === "" ? "–" : image.alt);
  const label = element("span", "", ...visibleNodes(description));
  const host = element("span");
  decorateLink(host, label, image.src, context);
  if (label.dataset["href"] === undefined) return host;
  if (host.lastElementChild === label) {
    host.append(element("span", "linkTarget", ` (${linkTarget(image.src, "").shown})`));
  }
  return host;
}

/** Makes `node` lead to a place in a file, or to none. Whether the file is there, the host finds out on a click. */
export function linkToFile(node: HTMLElement, file: FilePlace | undefined, context: RenderContext): void {
  node.classList.toggle("fileLink", file !== undefined);
  if (file === undefined) {
    for (const name of ["role", "tabindex", "title", "data-path", "data-line"]) node.removeAttribute(name);
    return;
  }
  node.setAttribute("role", "link");
  node.tabIndex = 0;
  const line = file.line === undefined ? undefined : String(file.line);
  node.title = fill(context.strings.openFile, line === undefined ? file.path : `${file.path}:${line}`);
  node.dataset["path"] = file.path;
  if (line === undefined) delete node.dataset["line"];
  else node.dataset["line"] = line;
}

/** Opens links of everything within `root` on a click or Enter. */
export function listenForLinks(
  root: HTMLElement,
  { openLink, openFile }: Pick<RenderContext, "openLink" | "openFile">,
): void {
  const open = (event: Event): void => {
    const target = event.target instanceof Element ? event.target : undefined;
    const { href, path, line } = target?.closest<HTMLElement>("[data-href],[data-path]")?.dataset ?? {};
    if (href !== undefined) openLink(href);
    else if (path !== undefined) openFile({ path, line: line === undefined ? undefined : Number(line) });
    else return;
    event.preventDefault();
  };
  root.addEventListener("click", open);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) open(event);
  });
}
