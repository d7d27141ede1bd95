import type ts from "typescript";
import { isAssigned, referencesOf, scopeOf } from "./references.ts";
import type { Rewriter } from "./rewriter.ts";

/** `for (let i = 0; i < xs.length; i++)` that only reads `xs[i]` becomes `for (const x of xs)`. */
export function indexLoopToForOf(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  if (!ts.isForStatement(node)) return undefined;
  const index = zeroIndex(ts, node);
  const list = index === undefined ? undefined : lengthOwner(node, index, rewriter);
  if (index === undefined || list === undefined || !countsUp(node, index, rewriter)) return undefined;
  const root = /^\w+/.exec(list)?.[0] ?? "";
  if (isAssigned(ts, node.statement, root) || mutates(rewriter.original(node.statement), list))
    return undefined;
  const uses = referencesOf(ts, node.statement, index);
  const elements = uses.map((use) => use.parent);
  const allReads = elements.every(
    (parent) =>
      ts.isElementAccessExpression(parent) &&
      rewriter.original(parent.expression) === list &&
      !isTarget(ts, parent),
  );
  if (uses.length === 0 || !allReads) return undefined;
  const name = singular(list, scopeOf(ts, node, "function"), rewriter);
  if (name === undefined) return undefined;
  rewriter.note("index loops became `for … of`");
  const body = rewriter
    .rewrite(node.statement)
    .replaceAll(`${list}[${index}]!`, name)
    .replaceAll(`${list}[${index}]`, name);
  return `for (const ${name} of ${list}) ${body}`;
}

function zeroIndex(ts: Rewriter["ts"], node: ts.ForStatement): string | undefined {
  const { initializer } = node;
  if (!initializer || !ts.isVariableDeclarationList(initializer)) return undefined;
  const [declaration, ...more] = initializer.declarations;
  if (!declaration || more.length > 0 || !ts.isIdentifier(declaration.name)) return undefined;
  const start = declaration.initializer;
  return start && ts.isNumericLiteral(start) && start.text === "0" ? declaration.name.text : undefined;
}

function lengthOwner(node: ts.ForStatement, index: string, rewriter: Rewriter): string | undefined {
  const condition = node.condition ? rewriter.original(node.condition) : "";
  const [, left, list] = /^(\w+)\s*<\s*([\w$.]+)\.length$/.exec(condition) ?? [];
  return left === index ? list : undefined;
}

function countsUp(node: ts.ForStatement, index: string, rewriter: Rewriter): boolean {
  const step = node.incrementor ? rewriter.original(node.incrementor).replaceAll(/\s/g, "") : "";
  return [`${index}++`, `++${index}`, `${index}+=1`].includes(step);
}

function mutates(body: string, list: string): boolean {
  const methods = "push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin";
  return new RegExp(`${list.replaceAll(/[.$]/g, "\\$&")}\\.(${methods}|length\\s*=)`).test(body);
}

function isTarget(ts: Rewriter["ts"], node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    const { kind } = parent.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
    return parent.operator === PlusPlusToken || parent.operator === MinusMinusToken;
  }
  return ts.isDeleteExpression(parent);
}

/** A free name for one element: `lines` → `line`, else `item`. */
function singular(list: string, scope: ts.Node, rewriter: Rewriter): string | undefined {
  const last = list.split(".").at(-1) ?? "";
  const names = [/^\w{2,}[^s]s$/.test(last) ? last.slice(0, -1) : undefined, "item", "element", "entry"];
  return names.find(
    (name) => name !== undefined && !new RegExp(`(?<![.\\w])${name}\\b`).test(rewriter.original(scope)),
  );
}
