import type ts from "typescript";
import { isPropertyName } from "./references.ts";
import type { Rewriter } from "./rewriter.ts";

/** Gives every parameter without a type one that fits how it is used; `unknown` where that does not tell. */
export function addTypes(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  if (!ts.isParameter(node) || node.type || !ts.isIdentifier(node.name)) return undefined;
  // What is passed on to another function gets its types from there.
  if (!ts.isFunctionLike(node.parent) || ts.isCallExpression(node.parent.parent)) return undefined;
  if (ts.isArrowFunction(node.parent) && !rewriter.original(node.parent).startsWith("(")) return undefined;
  rewriter.note("parameters got types");
  const type = node.initializer
    ? typeOfValue(ts, node.initializer)
    : (typeOfUses(node.name.text, node.parent, rewriter) ?? "unknown");
  const rest = node.dotDotDotToken ? "..." : "";
  const optional = node.questionToken ? "?" : "";
  const value = node.initializer ? ` = ${rewriter.rewrite(node.initializer)}` : "";
  return `${rest}${node.name.text}${optional}: ${rest ? "unknown[]" : type}${value}`;
}

function typeOfValue(ts: Rewriter["ts"], value: ts.Expression): string {
  if (ts.isNumericLiteral(value) || ts.isPrefixUnaryExpression(value)) return "number";
  if (ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) return "string";
  if (value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword) return "boolean";
  if (ts.isArrayLiteralExpression(value)) return "unknown[]";
  return "unknown";
}

const stringMembers =
  /^(trim|toUpperCase|toLowerCase|split|charAt|charCodeAt|padStart|padEnd|startsWith|endsWith)$/;
const arrayMembers = /^(map|filter|forEach|reduce|push|pop|find|some|every|sort|join)$/;

function typeOfUses(name: string, scope: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  const types = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && !isPropertyName(ts, node)) {
      const type = typeOfUse(ts, node);
      if (type !== undefined) types.add(type);
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  const [only, ...others] = types;
  return others.length === 0 ? only : undefined;
}

function typeOfUse(ts: Rewriter["ts"], use: ts.Identifier): string | undefined {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === use) {
    if (stringMembers.test(parent.name.text)) return "string";
    if (arrayMembers.test(parent.name.text)) return "unknown[]";
    return undefined;
  }
  if (ts.isCallExpression(parent) && parent.expression === use) return "(...values: unknown[]) => unknown";
  if (ts.isForOfStatement(parent) && parent.expression === use) return "unknown[]";
  if (!ts.isBinaryExpression(parent)) return undefined;
  const { kind } = parent.operatorToken;
  const other = parent.left === use ? parent.right : parent.left;
  if (kind === ts.SyntaxKind.PlusToken) return ts.isNumericLiteral(other) ? "number" : undefined;
  const arithmetic = [
    ts.SyntaxKind.MinusToken,
    ts.SyntaxKind.AsteriskToken,
    ts.SyntaxKind.SlashToken,
    ts.SyntaxKind.PercentToken,
    ts.SyntaxKind.AsteriskAsteriskToken,
  ];
  const comparison = [
    ts.SyntaxKind.LessThanToken,
    ts.SyntaxKind.LessThanEqualsToken,
    ts.SyntaxKind.GreaterThanToken,
    ts.SyntaxKind.GreaterThanEqualsToken,
  ];
  return [...arithmetic, ...comparison].includes(kind) ? "number" : undefined;
}
