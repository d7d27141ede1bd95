const namespace = "http://www.w3.org/2000/svg";

/** Outlines on a 16 × 16 grid, drawn with the text's colour. */
const drawings = {
  send: "M2.5 8h9.5M8 3.5 12.5 8 8 12.5",
  stop: "M4.5 4.5h7v7h-7z",
  copy: "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
  check: "M3 8.5 6.5 12 13 4.5",
  insert: "M2.5 3.5h11M2.5 12.5h11M8 5.5v5M5.8 8.3 8 10.5l2.2-2.2",
  regenerate: "M12.8 6.5A5 5 0 1 0 13 8M13 3v3.5H9.5",
  add: "M8 3v10M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  chevron: "M6 4l4 4-4 4",
  down: "M8 3v9.5M3.8 8.5 8 12.5l4.2-4",
  warning: "M8 2.5 14 13.5H2zM8 6.5v3.5M8 11.5v.6",
  apply: "M9 2.5H4v11h8v-8zM9 2.5v3h3M6 9.7l1.5 1.5 2.6-3.2",
  newFile: "M9.5 2.5H4v11h4M9 2.5l3 3v2M9 2.5v3h3M12 9.5v4.5M9.8 11.8h4.5",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  folder: "M2 4h4.5L8 5.5h6v7.5H2z",
  selection: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  symbol: "M8 2 13.5 5v6L8 14 2.5 11V5zM2.5 5 8 8l5.5-3M8 8v6",
  changes: "M8 2.5v6M5 5.5h6M5 12.5h6",
  terminal: "M2.5 4 6 7.5 2.5 11M7.5 12h6",
  rules: "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
  image: "M2.5 3h11v10h-11zM2.5 11 6 7.5l3 3L11 9l2.5 2.5M10 6h.1",
  attach: "M12.5 7.5 8 12a2.8 2.8 0 0 1-4-4l5-5a1.9 1.9 0 0 1 2.7 2.7L7 10.4a.9.9 0 0 1-1.3-1.3L9.8 5",
  clock: "M8 2.5a5.5 5.5 0 1 0 .1 0M8 5v3.2l2 1.3",
  history: "M3 8a5 5 0 1 1 1.6 3.7M3 4.5V8h3.5M8 5.5V8l1.8 1.2",
  edit: "M3 13l.7-3 7.3-7.3 2.3 2.3L6 12.3zM9.5 4.2l2.3 2.3",
  trash: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4.3M9.3 7v4.3",
  request: "M5.5 3 2.5 8l3 5M10.5 3l3 5-3 5M9 5.5l-2 5",
  previous: "M10 4 6 8l4 4",
  expand: "M4.5 6.5 8 10l3.5-3.5",
  up: "M8 13V3.5M3.8 7.5 8 3.5l4.2 4",
} as const;
export type IconName = keyof typeof drawings;

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", drawings[name]);
  svg.append(path);
  return svg;
}
