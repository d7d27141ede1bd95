import type ts from "typescript";
import type { Rewriter } from "./rewriter.ts";

/** `"a" + b + "c"` becomes `` `a${b}c` ``, when a string among the first two operands makes all of it a string. */
export function concatenationToTemplate(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  if (!isPlus(ts, node) || isPlus(ts, node.parent)) return undefined;
  const operands = flatten(ts, node);
  const isString = (operand: ts.Node | undefined) =>
    operand !== undefined && (ts.isStringLiteral(operand) || ts.isNoSubstitutionTemplateLiteral(operand));
  if (!isString(operands[0]) && !isString(operands[1])) return undefined;
  if (operands.every(isString) || /\/\/|\/\*|\n/.test(rewriter.original(node))) return undefined;
  return template(operands, rewriter);
}

/** The operands as one template literal. */
export function template(operands: readonly ts.Expression[], rewriter: Rewriter): string {
  const { ts } = rewriter;
  rewriter.note("string concatenation became template literals");
  const inside = operands.map((operand) =>
    ts.isStringLiteral(operand) || ts.isNoSubstitutionTemplateLiteral(operand)
      ? literalText(rewriter.original(operand))
      : ts.isTemplateExpression(operand)
        ? rewriter.copy(operand).slice(1, -1)
        : `\${${withoutParentheses(operand, rewriter)}}`,
  );
  return `\`${inside.join("")}\``;
}

export function isPlus(ts: Rewriter["ts"], node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** The operands of a chain of `+`, from left to right. */
export function flatten(ts: Rewriter["ts"], node: ts.Expression): ts.Expression[] {
  return isPlus(ts, node) ? [...flatten(ts, node.left), node.right] : [node];
}

/** What stands between the quotes, escapes included, fit to stand between backticks. */
function literalText(quoted: string): string {
  const text = quoted.slice(1, -1);
  if (quoted.startsWith("`")) return text;
  return text.replaceAll("`", "\\`").replaceAll("${", "\\${");
}

function withoutParentheses(operand: ts.Expression, rewriter: Rewriter): string {
  const inner = rewriter.ts.isParenthesizedExpression(operand) ? operand.expression : operand;
  return rewriter.rewrite(inner);
}
