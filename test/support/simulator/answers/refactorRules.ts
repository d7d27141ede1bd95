import type ts from "typescript";
import { isAssigned, referencesOf, scopeOf } from "./references.ts";
import type { Rewriter, Rule } from "./rewriter.ts";
import { concatenationToTemplate, flatten, isPlus, template } from "./templateRule.ts";
import { indexLoopToForOf } from "./loopRule.ts";

/** What a careful person does to old-fashioned code without changing its behaviour. */
export function refactorRules(): readonly Rule[] {
  return [
    varToConstOrLet,
    indexLoopToForOf,
    strictEquality,
    compoundAssignment,
    concatenationToTemplate,
    functionToArrow,
  ];
}

/** `var` becomes `const`, or `let` when it is assigned again; kept when used outside its block. */
function varToConstOrLet(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts, source } = rewriter;
  if (!ts.isVariableDeclarationList(node) || (node.flags & ts.NodeFlags.BlockScoped) !== 0) return undefined;
  if (!rewriter.original(node).startsWith("var")) return undefined;
  const names = node.declarations.map((declaration) => declaration.name);
  if (!names.every((name) => ts.isIdentifier(name))) return undefined;
  const block = scopeOf(ts, node, "block");
  const outer = scopeOf(ts, node, "function");
  const escapes = names.some((name) =>
    referencesOf(ts, outer, name.text).some(
      (use) => use.pos < block.pos || use.end > block.end || use.getStart(source) < node.getStart(source),
    ),
  );
  const twice = names.some((name) => countDeclarations(ts, outer, name.text) > 1);
  if (escapes || twice) return undefined;
  const isLoop = ts.isForOfStatement(node.parent) || ts.isForInStatement(node.parent);
  const constant =
    node.declarations.every((declaration) => isLoop || declaration.initializer !== undefined) &&
    !names.some(
      (name) => isAssigned(ts, outer, name.text) || assignedInText(rewriter.surroundings, name.text),
    );
  rewriter.note("`var` became `const`, or `let` where the value changes");
  return (constant ? "const" : "let") + rewriter.copy(node).slice("var".length);
}

function countDeclarations(ts: Rewriter["ts"], scope: ts.Node, name: string): number {
  return referencesOf(ts, scope, name).filter(
    (use) => (ts.isVariableDeclaration(use.parent) || ts.isParameter(use.parent)) && use.parent.name === use,
  ).length;
}

function assignedInText(text: string, name: string): boolean {
  const escaped = name.replaceAll("$", "\\$");
  return new RegExp(`(?<![\\w$.])${escaped}\\s*(?:[-+*/%&|^?<>]*=(?![=>])|\\+\\+|--)`).test(text);
}

/** `==` becomes `===`, except against null and undefined, where the loose one says something else. */
function strictEquality(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts, source } = rewriter;
  if (!ts.isBinaryExpression(node)) return undefined;
  const kind = node.operatorToken.kind;
  const loose = kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
  if (!loose || [node.left, node.right].some((side) => isNothing(ts, side))) return undefined;
  rewriter.note("`==` became `===`");
  const operator = kind === ts.SyntaxKind.EqualsEqualsToken ? "===" : "!==";
  const token = node.operatorToken;
  return (
    rewriter.rewrite(node.left) +
    rewriter.between(node.left.end, token.getStart(source)) +
    operator +
    rewriter.between(token.end, node.right.getStart(source)) +
    rewriter.rewrite(node.right)
  );
}

function isNothing(ts: Rewriter["ts"], node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === "undefined") ||
    ts.isVoidExpression(node)
  );
}

/** `a = a + b` becomes `a += b`. */
function compoundAssignment(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const { left, right } = node;
  if (!ts.isIdentifier(left) || !ts.isBinaryExpression(right)) return undefined;
  if (isPlus(ts, right)) {
    const [first, ...rest] = flatten(ts, right);
    const isSame = first && ts.isIdentifier(first) && first.text === left.text;
    const hasComment = /\/\/|\/\*/.test(rewriter.original(node));
    if (isSame && rest.length > 1 && !hasComment && holdsString(left, rewriter)) {
      rewriter.note("`a = a + b` became `a += b`");
      return `${left.text} += ${template(rest, rewriter)}`;
    }
  }
  const operator = compoundOperators(ts).get(right.operatorToken.kind);
  if (operator === undefined) return undefined;
  if (ts.isIdentifier(right.left) && right.left.text === left.text) {
    rewriter.note("`a = a + b` became `a += b`");
    return `${left.text} ${operator} ${rewriter.rewrite(right.right)}`;
  }
  return undefined;
}

/** Whether the variable begins as a string. */
function holdsString(name: ts.Identifier, rewriter: Rewriter): boolean {
  const { ts } = rewriter;
  return referencesOf(ts, scopeOf(ts, name, "function"), name.text).some(({ parent }) => {
    const value = ts.isVariableDeclaration(parent) ? parent.initializer : undefined;
    const [first] = value ? flatten(ts, value) : [];
    return first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
  });
}

function compoundOperators(ts: Rewriter["ts"]): ReadonlyMap<ts.SyntaxKind, string> {
  return new Map<ts.SyntaxKind, string>([
    [ts.SyntaxKind.PlusToken, "+="],
    [ts.SyntaxKind.MinusToken, "-="],
    [ts.SyntaxKind.AsteriskToken, "*="],
    [ts.SyntaxKind.SlashToken, "/="],
  ]);
}

/** A function expression without a `this` of its own becomes an arrow function. */
function functionToArrow(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts, source } = rewriter;
  if (!ts.isFunctionExpression(node) || node.name || node.asteriskToken) return undefined;
  if (!standsWhereArrowsMay(ts, node) || usesOwnContext(ts, node.body)) return undefined;
  const open = node.getChildren(source).find((child) => child.kind === ts.SyntaxKind.OpenParenToken);
  const close = node.getChildren(source).find((child) => child.kind === ts.SyntaxKind.CloseParenToken);
  if (!open || !close) return undefined;
  rewriter.note("function expressions became arrow functions");
  const isAsync = node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword);
  const typeParameters = node.typeParameters
    ? `<${node.typeParameters.map((parameter) => rewriter.original(parameter)).join(", ")}>`
    : "";
  const inside = node.parameters.map((parameter) => rewriter.rewrite(parameter)).join(", ");
  const type = node.type ? rewriter.between(close.end, node.type.end) : "";
  return `${isAsync ? "async " : ""}${typeParameters}(${inside})${type} => ${arrowBody(node.body, rewriter)}`;
}

function arrowBody(body: ts.Block, rewriter: Rewriter): string {
  const { ts } = rewriter;
  const [only] = body.statements;
  const text = rewriter.original(body);
  const isPlain = body.statements.length === 1 && !/\/\/|\/\*/.test(text);
  if (!isPlain || !only || !ts.isReturnStatement(only) || !only.expression) return rewriter.copy(body);
  const expression = rewriter.rewrite(only.expression);
  return ts.isObjectLiteralExpression(only.expression) ? `(${expression})` : expression;
}

function standsWhereArrowsMay(ts: Rewriter["ts"], node: ts.FunctionExpression): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return parent.expression !== node;
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    (ts.isBinaryExpression(parent) &&
      parent.right === node &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      // A function put on a prototype is mostly called with a `this`, and may be a constructor.
      ts.isIdentifier(parent.left))
  );
}

function usesOwnContext(ts: Rewriter["ts"], node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword || node.kind === ts.SyntaxKind.SuperKeyword) return true;
  if (ts.isMetaProperty(node) || (ts.isIdentifier(node) && node.text === "arguments")) return true;
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isClassLike(node)) return false;
  return ts.forEachChild(node, (child) => usesOwnContext(ts, child) || undefined) ?? false;
}
