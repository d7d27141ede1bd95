/** A test file and the one it is about. */
interface Naming {
  readonly before: string;
  readonly after: string;
}

const testNames = /^(?:(test_)(.+)|(.+?)([._-](?:test|spec)|_test|_spec|Tests?|Spec))$/;
const testFolders = /^(?:__tests__|tests?|specs?|e2e)$/i;

/** Whether a path, with forward slashes, is that of a test file. */
export function isTestFile(path: string): boolean {
  const parts = path.split("/");
  const [stem] = splitName(parts.at(-1) ?? "");
  return testNames.test(stem) || (parts.includes("__tests__") && !parts.includes("__mocks__"));
}

/**
 * The file for the tests of `source`: the one there is, else a new one as the project's own tests are named and
 * placed, else beside it after `pattern`. Paths relative to the workspace folder, with forward slashes.
 */
export function testFileFor(
  source: string,
  files: readonly string[],
  pattern: string,
): { readonly path: string; readonly exists: boolean } {
  if (isTestFile(source)) return { path: source, exists: true };
  const tests = files.filter(isTestFile);
  const own = nearest(
    source,
    tests.filter((path) => isAbout(path, source)),
  );
  if (own !== undefined) return { path: own, exists: true };
  const example =
    nearest(
      source,
      tests.filter((path) => splitName(path)[1] === splitName(source)[1]),
    ) ?? nearest(source, tests);
  const path = example === undefined ? fromPattern(source, pattern) : likeExample(source, example, files);
  return { path: path ?? fromPattern(source, pattern), exists: false };
}

/** The test file that a new one should be like. */
export function nearestTest(source: string, files: readonly string[]): string | undefined {
  return nearest(
    source,
    files.filter((path) => isTestFile(path) && path !== source),
  );
}

function isAbout(test: string, source: string): boolean {
  const [stem, ending] = splitName(test.split("/").at(-1) ?? "");
  const [sourceStem, sourceEnding] = splitName(source.split("/").at(-1) ?? "");
  const isSameKind = family(ending) === family(sourceEnding);
  const naming = namingOf(stem);
  const about =
    naming === undefined ? stem : stem.slice(naming.before.length, stem.length - naming.after.length);
  return isSameKind && about === sourceStem;
}

function namingOf(stem: string): Naming | undefined {
  const [, before, , , after] = testNames.exec(stem) ?? [];
  if (before !== undefined) return { before, after: "" };
  return after === undefined ? undefined : { before: "", after };
}

/** Named as the example is; in its folder's likeness: beside the source, or in a tree of tests that mirrors it. */
function likeExample(source: string, example: string, files: readonly string[]): string | undefined {
  const [stem, ending] = splitName(source.split("/").at(-1) ?? "");
  const exampleStem = splitName(example.split("/").at(-1) ?? "")[0];
  const { before, after } = namingOf(exampleStem) ?? { before: "", after: "" };
  const name = `${before}${stem}${after}${ending}`;
  const folder = source.split("/").slice(0, -1);
  const exampleFolder = example.split("/").slice(0, -1);
  const at = exampleFolder.findIndex((part) => testFolders.test(part));
  if (at === -1) return [...folder, name].join("/");
  if (exampleFolder.at(-1) === "__tests__") return [...folder, "__tests__", name].join("/");
  const tested = files.find((file) => file !== example && !isTestFile(file) && isAbout(example, file));
  const root = exampleFolder.slice(0, at + 1);
  return [...root, ...mirrored(folder, exampleFolder.slice(at + 1), tested), name].join("/");
}

/** The source's folders as the tests' tree has them: what the example's source and its test differ in is replaced. */
function mirrored(
  folder: readonly string[],
  below: readonly string[],
  tested: string | undefined,
): readonly string[] {
  const testedFolder = tested?.split("/").slice(0, -1);
  if (testedFolder !== undefined) {
    let same = 0;
    while (
      same < Math.min(below.length, testedFolder.length) &&
      below.at(-1 - same) === testedFolder.at(-1 - same)
    ) {
      same++;
    }
    const lost = testedFolder.slice(0, testedFolder.length - same);
    if (lost.every((part, at) => folder[at] === part)) {
      return [...below.slice(0, below.length - same), ...folder.slice(lost.length)];
    }
  }
  return folder[0] === "src" || folder[0] === "lib" ? folder.slice(1) : folder;
}

function fromPattern(source: string, pattern: string): string {
  const folder = source.split("/").slice(0, -1);
  const [stem, ending] = splitName(source.split("/").at(-1) ?? "");
  const file = pattern.replace("*", () => stem).replace(".$", () => ending);
  // A pattern with a folder counts from the root of the project.
  return pattern.includes("/") ? file : [...folder, file].join("/");
}

/** The one that shares most folders with the source; the shortest of those. */
function nearest(source: string, paths: readonly string[]): string | undefined {
  const folders = source.split("/").slice(0, -1);
  const shared = (path: string): number =>
    path
      .split("/")
      .slice(0, -1)
      .filter((part) => folders.includes(part)).length;
  return [...paths].sort((a, b) => shared(b) - shared(a) || a.length - b.length || (a < b ? -1 : 1))[0];
}

/** Languages that test one another. */
function family(ending: string): string {
  return /^\.[cm]?[jt]sx?$/.test(ending) ? "script" : ending;
}

function splitName(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
}
