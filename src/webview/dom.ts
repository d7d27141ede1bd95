type Child = Node | string | undefined;

/** A new element with a class, and children; a string becomes text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  for (const child of children) if (child !== undefined) node.append(child);
  return node;
}

/** Lets an element of text run from right to left where its first letters do. */
export function withOwnDirection<T extends HTMLElement>(node: T): T {
  node.dir = "auto";
  return node;
}

/** A button with visible text. */
export function textButton(className: string, label: string, onClick: () => void): HTMLButtonElement {
  const button = element("button", `button ${className}`, label);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}

/** A button that shows an icon and is named by its tooltip. */
export function iconButton(icon: SVGElement, label: string, onClick: () => void): HTMLButtonElement {
  const button = element("button", "iconButton", icon);
  button.type = "button";
  nameButton(button, label);
  button.addEventListener("click", onClick);
  return button;
}

export function nameButton(button: HTMLButtonElement, label: string): void {
  button.title = label;
  button.setAttribute("aria-label", label);
}

/** Puts values into the placeholders `{0}`, `{1}` … of a translated text. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (all, index: string) => String(values[Number(index)] ?? all));
}

/** Sets the class of an element that may end without one, leaving no trace of a former one. */
export function setClass(node: HTMLElement, name: string): void {
  if (node.className === name) return;
  if (name === "") node.removeAttribute("class");
  else node.className = name;
}
