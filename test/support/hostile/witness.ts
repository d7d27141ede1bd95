// Watches a page of the chat while hostile answers are shown: what stands in it at any moment, not only at the end.

/** Elements of a conversation, in upper case for HTML and lower case for SVG. */
const elements = new Set([
  ..."ARTICLE DIV SPAN P BUTTON svg path PRE CODE EM STRONG DEL BR HR UL OL LI INPUT".split(" "),
  ..."BLOCKQUOTE TABLE THEAD TBODY TR TH TD".split(" "),
]);
const attributes = new Set([
  ..."class title role dir tabindex id hidden type disabled checked start viewBox d".split(" "),
  ..."data-href data-path data-line data-action".split(" "),
  ..."aria-label aria-level aria-hidden aria-expanded aria-haspopup aria-controls aria-live aria-busy".split(
    " ",
  ),
]);

/** Bidi controls, tags, zero-width characters, fillers and controls, but for those that emoji need. */
const unseen =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]/u;

export interface Sight {
  /** Each kind of element with the names of its attributes, such as `SPAN class title`. */
  readonly kinds: readonly string[];
  /** All text, and the values of attributes that people see or hear. */
  readonly texts: readonly string[];
  /** Where clicks lead. */
  readonly targets: readonly string[];
  /** The rest of the page, which no answer may change. */
  readonly head: string;
  readonly body: string;
}

declare global {
  interface Window {
    /** Everything that came into the conversation since `watch`. */
    hostileSight?: {
      readonly kinds: Set<string>;
      readonly texts: Set<string>;
      readonly targets: Set<string>;
    };
  }
}

/** For `locator.evaluate`: notes what is in this element, and all that ever comes into it or changes in it. */
export function watch(root: Element): void {
  const sight = { kinds: new Set<string>(), texts: new Set<string>(), targets: new Set<string>() };
  const note = (node: Node): void => {
    if (node instanceof Text) sight.texts.add(node.data);
    if (!(node instanceof Element)) return;
    sight.kinds.add([node.tagName, ...node.getAttributeNames()].join(" "));
    for (const name of ["title", "aria-label"]) sight.texts.add(node.getAttribute(name) ?? "");
    for (const name of ["data-href", "data-path"]) {
      const target = node.getAttribute(name);
      if (target !== null) sight.targets.add(target);
    }
    node.childNodes.forEach(note);
  };
  note(root);
  window.hostileSight = sight;
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      addedNodes.forEach(note);
      if (target instanceof Element)
        sight.kinds.add([target.tagName, ...target.getAttributeNames()].join(" "));
      if (target instanceof Text) sight.texts.add(target.data);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** For `locator.evaluate`: all that was noted since `watch`. */
export function sightOf(root: Element): Sight {
  const sight = window.hostileSight;
  if (sight === undefined) throw new Error("Nobody watches");
  const { head, body } = root.ownerDocument;
  return {
    kinds: [...sight.kinds],
    texts: [...sight.texts],
    targets: [...sight.targets],
    // Scripts of our own that came later are there by the policy's leave.
    head: [...head.children]
      .filter((child) => child.tagName !== "SCRIPT")
      .map((child) => child.outerHTML)
      .join("\n"),
    body: body.getAttributeNames().join(" "),
  };
}

/** What of a sight must never be: empty if all is well. */
export function faultsOf({ kinds, texts, targets }: Sight): string[] {
  const strange = kinds.filter((kind) => {
    const [tag = "", ...names] = kind.split(" ");
    return !elements.has(tag) || names.some((name) => !attributes.has(name));
  });
  const hidden = texts.filter((text) => unseen.test(text)).map((text) => `unseen: ${JSON.stringify(text)}`);
  const leading = targets.filter((target) => !/^(?:https:\/\/[^@/\s]+\/|[\w@.+/-]+$)/.test(target));
  return [...strange, ...hidden, ...leading];
}
