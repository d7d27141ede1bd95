/** What a drop or a paste brings. */
export interface Transferred {
  readonly uris: readonly string[];
  readonly images: readonly File[];
  /** Files that are neither images nor known by a URI. */
  readonly others: readonly File[];
}

/** VS Code's own list comes first: the standard one holds only the first of several. */
const uriTypes = ["application/vnd.code.uri-list", "text/uri-list"];

/** May this be dropped? While it is being dragged only its types can be read. */
export function isAttachable(transfer: DataTransfer): boolean {
  return transfer.types.includes("Files") || uriTypes.some((type) => transfer.types.includes(type));
}

/** Reads what was dropped or pasted. Web addresses are text, not files. */
export function readTransfer(transfer: DataTransfer): Transferred {
  const lists = uriTypes.map((type) => transfer.getData(type).split(/\r?\n/));
  const uris = lists
    .map((list) => list.filter((line) => /^(?!https?:|data:)[a-z][\w+.-]*:/i.test(line)))
    .find((list) => list.length > 0);
  const files = [...transfer.files];
  const images = files.filter(({ type }) => type.startsWith("image/"));
  const hasUris = uris !== undefined;
  return {
    uris: uris ?? [],
    // A file that VS Code knows by its URI is read by VS Code.
    images: hasUris ? [] : images,
    others: hasUris ? [] : files.filter((file) => !images.includes(file)),
  };
}

/** Is it mere text? */
export function isNothing({ uris, images, others }: Transferred): boolean {
  return uris.length + images.length + others.length === 0;
}
