/** What runs the tests of a project, and how its test files are called where it has none yet. */
export interface TestFramework {
  /** As it is told to the model. */
  readonly name: string;
  /** The test file's name for a source file's: `*` stands for the name without its ending, `.$` for that. */
  readonly pattern: string;
}

/** What a project says of itself: the texts of its files beside or above the code, where there are any. */
export interface ProjectFacts {
  readonly packageJson?: string | undefined;
  /** `pyproject.toml`, `setup.cfg`, `requirements*.txt`, `Gemfile`, `pom.xml` or `build.gradle`, whatever there is. */
  readonly manifests: readonly string[];
  /** An existing test file, the nearest. */
  readonly example?: string | undefined;
}

const scriptLanguages = ["javascript", "typescript", "javascriptreact", "typescriptreact", "vue", "svelte"];

/** Frameworks for JavaScript by how a test file imports them, or how package.json names them; the first wins. */
const scriptFrameworks: readonly (readonly [name: string, imported: RegExp, named: RegExp])[] = [
  ["Vitest", /["']vitest["']/, /"vitest"|\bvitest\b/],
  ["Jest", /["']@jest\/globals["']/, /"jest"|"ts-jest"|\bjest\b/],
  ["Playwright Test", /["']@playwright\/test["']/, /"@playwright\/test"/],
  ["AVA", /["']ava["']/, /"ava"/],
  ["Mocha", /["']mocha["']/, /"mocha"|\bmocha\b/],
  ["node:test", /["']node:test["']/, /node[^"]* --test\b/],
];

/** The framework that the project uses, or that its language brings along; undefined when neither tells. */
export function detectFramework(languageId: string, facts: ProjectFacts): TestFramework | undefined {
  if (scriptLanguages.includes(languageId)) return scriptFramework(facts);
  const said = facts.manifests.join("\n");
  switch (languageId) {
    case "python": {
      const usesUnittest = /\bunittest\b/.test(facts.example ?? "") && !/\bpytest\b/.test(said);
      return { name: usesUnittest ? "unittest" : "pytest", pattern: "test_*.$" };
    }
    case "go":
      return { name: "Go's testing package", pattern: "*_test.$" };
    case "rust":
      return { name: "Rust's built-in tests (cargo test)", pattern: "tests/*.$" };
    case "ruby":
      return /minitest/.test(said) && !/rspec/.test(said)
        ? { name: "Minitest", pattern: "test/*_test.$" }
        : { name: "RSpec", pattern: "spec/*_spec.$" };
    case "java":
    case "kotlin":
      return { name: /testng/.test(said) ? "TestNG" : "JUnit 5", pattern: "*Test.$" };
    case "csharp":
      return { name: /nunit/i.test(said) ? "NUnit" : "xUnit", pattern: "*Tests.$" };
    case "php":
      return { name: "PHPUnit", pattern: "*Test.$" };
    default:
      return undefined;
  }
}

function scriptFramework({ packageJson = "", example = "" }: ProjectFacts): TestFramework {
  const [name] =
    scriptFrameworks.find(([, imported]) => imported.test(example)) ??
    scriptFrameworks.find(([, , named]) => named.test(packageJson)) ??
    (["node:test"] as const);
  return { name, pattern: "*.test.$" };
}
