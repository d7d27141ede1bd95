/** One script of the extension host, with the scripts it needs. */
interface Script {
  readonly bytes: number;
  /** Loaded together with it. */
  readonly required: readonly string[];
  /** Loaded when a part of the extension is first used. */
  readonly deferred: readonly string[];
}

/** What of the host's scripts is loaded when, from the scripts as they are shipped. */
export class HostScripts {
  readonly #scripts: ReadonlyMap<string, Script>;

  /** File name → text. */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#scripts = new Map([...texts].map(([name, text]) => [name, scriptOf(text)]));
  }

  /** Bytes of all scripts that are loaded once these are; a name is given without the hash of its content. */
  loadedBytes(...names: readonly string[]): number {
    const loaded = new Set<string>();
    const load = (name: string): void => {
      if (loaded.has(name)) return;
      loaded.add(name);
      this.#script(name).required.forEach(load);
    };
    for (const name of names) load(this.#fileOf(name));
    return sum([...loaded].map((name) => this.#script(name).bytes));
  }

  get allBytes(): number {
    return sum([...this.#scripts.values()].map(({ bytes }) => bytes));
  }

  /** Names of the scripts that are loaded on first use, without the hashes. */
  get deferred(): readonly string[] {
    const names = [...this.#scripts.values()].flatMap(({ deferred }) => deferred);
    return [...new Set(names)].map((name) => name.replace(/-[A-Z\d]+\.cjs$/, "")).sort();
  }

  #script(name: string): Script {
    const script = this.#scripts.get(name);
    if (script === undefined) throw new Error(`${name} is not among the host's scripts.`);
    return script;
  }

  #fileOf(name: string): string {
    const pattern = new RegExp(`^${name}(-[A-Z\\d]+)?\\.cjs$`);
    const [file, ...others] = [...this.#scripts.keys()].filter((each) => pattern.test(each));
    if (file === undefined || others.length > 0) throw new Error(`There is not one script “${name}”.`);
    return file;
  }
}

function scriptOf(text: string): Script {
  const names = (pattern: RegExp): string[] => [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
  const deferred = names(/then\(\(\)\s*=>\s*[\w$]+\(require\("\.\/([^"]+)"\)/g);
  const required = names(/require\("\.\/([^"]+)"\)/g).filter((name) => !deferred.includes(name));
  return { bytes: Buffer.byteLength(text), required, deferred };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
