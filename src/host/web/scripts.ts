/**
 * CommonJS scripts in a web extension host, which loads a single one: those that Node loads one by one are read
 * beforehand, and run when they are first required.
 */
export async function readScripts(
  entry: string,
  read: (name: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const reading = new Map<string, Promise<string>>();
  const begin = async (name: string): Promise<void> => {
    if (!reading.has(name)) {
      const text = read(name);
      reading.set(name, text);
      await Promise.all(requiredBy(await text).map(begin));
    }
  };
  await begin(entry);
  return new Map(await Promise.all(Array.from(reading, async ([name, text]) => [name, await text] as const)));
}

/** Names of the scripts beside it that a script requires, at once or later. */
function requiredBy(text: string): readonly string[] {
  return Array.from(text.matchAll(/\brequire\(["'`]\.\/([^"'`]+)["'`]\)/g), ([, name]) => name ?? "");
}

/** Runs a script and gives what it exports; `modules` are those that are no scripts. */
export function runScripts(
  entry: string,
  scripts: ReadonlyMap<string, string>,
  modules: Readonly<Record<string, unknown>>,
): unknown {
  const loaded = new Map<string, { exports: unknown }>();
  const load = (request: string): unknown => {
    if (Object.hasOwn(modules, request)) {
      return modules[request];
    }
    const name = request.replace(/^\.\//, "");
    const known = loaded.get(name);
    if (known) {
      return known.exports;
    }
    const text = scripts.get(name);
    if (text === undefined) {
      throw new Error(`There is no script ${request}`);
    }
    const module = { exports: {} };
    loaded.set(name, module);
    // As the host itself runs the first script; the texts are parts of the installed extension.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function("module", "exports", "require", `${text}\n//# sourceURL=valar/${name}`)(
      module,
      module.exports,
      load,
    );
    return module.exports;
  };
  return load(entry);
}
