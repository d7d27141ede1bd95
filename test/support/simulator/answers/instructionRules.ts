import type ts from "typescript";
import { isPropertyName } from "./references.ts";
import type { Rewriter, Rule } from "./rewriter.ts";

/** `rename a to b`, as far as an instruction says so: old and new name. */
export function renameWish(instruction: string): readonly [from: string, to: string] | undefined {
  const quote = "[`'\"“”]?";
  const match = new RegExp(
    `\\brename\\s+(?:\\w+\\s+)?${quote}([\\w$]+)${quote}\\s+(?:to|into|as)\\s+${quote}([\\w$]+)`,
    "i",
  ).exec(instruction);
  const [, from, to] = match ?? [];
  return from !== undefined && to !== undefined ? [from, to] : undefined;
}

/** Renames a variable, or a member when the code knows the name only as one. */
export function renameRule(from: string, to: string): Rule {
  return (node, rewriter) => {
    const { ts } = rewriter;
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === from) {
      rewriter.note(`\`${from}\` is now called \`${to}\``);
      return `${from}: ${to}`;
    }
    if (!ts.isIdentifier(node) || node.text !== from) return undefined;
    if (isPropertyName(ts, node) && !declaresMember(rewriter, from)) return undefined;
    rewriter.note(`\`${from}\` is now called \`${to}\``);
    return to;
  };
}

function declaresMember(rewriter: Rewriter, name: string): boolean {
  const { ts } = rewriter;
  const visit = (node: ts.Node): boolean => {
    const isMember = ts.isClassElement(node) || ts.isTypeElement(node);
    if (isMember && node.name && ts.isIdentifier(node.name) && node.name.text === name) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(rewriter.source);
}

/** All string literals in capitals; module names are left alone. */
export function upperCaseStrings(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  const isText = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  const isPiece = ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  if (!isText && !isPiece) return undefined;
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) {
    return undefined;
  }
  rewriter.note("strings are in capitals");
  // Escapes such as \n keep their letter.
  return rewriter
    .original(node)
    .replaceAll(/\\.|[^\\]/gs, (part) => (part.length > 1 ? part : part.toUpperCase()));
}

/** A doc comment above every function, method and class that has none. */
export function addDocComments(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  const subject = documented(node, rewriter);
  if (!subject || ts.getJSDocCommentsAndTags(node).length > 0) return undefined;
  rewriter.note("doc comments were added");
  const indent = rewriter.indentOf(node);
  const lines = [
    sentence(subject.name, subject.kind),
    ...subject.parameters.map((name) => `@param ${name} ${sentence(name, "parameter")}`),
    ...(subject.returns ? [`@returns ${subject.returns}`] : []),
  ];
  const [only] = lines;
  const comment =
    lines.length === 1 && only !== undefined
      ? `/** ${only} */`
      : ["/**", ...lines.map((line) => `${indent} * ${line}`), `${indent} */`].join("\n");
  return `${comment}\n${indent}${rewriter.copy(node)}`;
}

interface Documented {
  readonly name: string;
  readonly kind: "function" | "class" | "interface";
  readonly parameters: readonly string[];
  readonly returns: string | undefined;
}

function documented(node: ts.Node, rewriter: Rewriter): Documented | undefined {
  const { ts } = rewriter;
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) {
    const kind = ts.isClassDeclaration(node) ? "class" : "interface";
    return { name: node.name?.text ?? "default", kind, parameters: [], returns: undefined };
  }
  const own = ts.isVariableStatement(node) ? arrowOf(node, rewriter) : undefined;
  const callable = own?.value ?? node;
  const isDeclared =
    ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node);
  if (!own && !isDeclared) return undefined;
  if (!ts.isFunctionLike(callable)) return undefined;
  const name = own?.name ?? (callable.name ? rewriter.original(callable.name) : "constructor");
  return {
    name,
    kind: "function",
    parameters: callable.parameters.map((parameter) => rewriter.original(parameter.name)),
    returns: returnsValue(callable, rewriter)
      ? `The result${callable.type ? `, a ${rewriter.original(callable.type)}` : ""}.`
      : undefined,
  };
}

function arrowOf(
  node: ts.VariableStatement,
  rewriter: Rewriter,
): { name: string; value: ts.ArrowFunction | ts.FunctionExpression } | undefined {
  const { ts } = rewriter;
  const [declaration] = node.declarationList.declarations;
  const value = declaration?.initializer;
  if (!declaration || !value || !(ts.isArrowFunction(value) || ts.isFunctionExpression(value)))
    return undefined;
  return { name: rewriter.original(declaration.name), value };
}

function returnsValue(callable: ts.SignatureDeclaration, rewriter: Rewriter): boolean {
  const { ts } = rewriter;
  if (ts.isConstructorDeclaration(callable)) return false;
  if (callable.type) return !/^(void|Promise<void>|never)$/.test(rewriter.original(callable.type));
  if (ts.isArrowFunction(callable) && !ts.isBlock(callable.body)) return true;
  const visit = (node: ts.Node): boolean => {
    if (ts.isReturnStatement(node)) return node.expression !== undefined;
    if (ts.isFunctionLike(node) && node !== callable) return false;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(callable);
}

/** `openOrders` → “Open orders.” */
export function sentence(name: string, kind: "function" | "class" | "interface" | "parameter"): string {
  const words = name
    .replaceAll(/[^A-Za-z0-9]+/g, " ")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .trim()
    .toLowerCase();
  if (kind === "parameter") return `The ${words}.`;
  if (kind === "class") return `A ${words}.`;
  if (kind === "interface") return `What a ${words} holds.`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** A line comment above each statement of the outermost blocks that says what it does. */
export function addComments(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  if (ts.isSourceFile(node)) return undefined;
  const what = commentFor(node, rewriter);
  const topLevel =
    ts.isSourceFile(node.parent) || (ts.isBlock(node.parent) && ts.isFunctionLike(node.parent.parent));
  if (what === undefined || !topLevel || hasCommentAbove(node, rewriter)) return undefined;
  rewriter.note("comments were added");
  return `// ${what}\n${rewriter.indentOf(node)}${rewriter.copy(node)}`;
}

function commentFor(node: ts.Node, rewriter: Rewriter): string | undefined {
  const { ts } = rewriter;
  if (ts.isFunctionDeclaration(node) && node.name) return sentence(node.name.text, "function");
  if (ts.isClassDeclaration(node) && node.name) return sentence(node.name.text, "class");
  if (ts.isVariableStatement(node)) {
    const names = node.declarationList.declarations.map((declaration) => rewriter.original(declaration.name));
    return `Set up ${names.join(", ")}.`;
  }
  if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node))
    return "Go through all of them.";
  if (ts.isWhileStatement(node)) return `Repeat while ${rewriter.original(node.expression)}.`;
  if (ts.isIfStatement(node)) return `Only if ${rewriter.original(node.expression).replaceAll(/\s+/g, " ")}.`;
  if (ts.isReturnStatement(node)) return "Hand back the result.";
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
    return `Call ${rewriter.original(node.expression.expression).replaceAll(/\s+/g, " ")}.`;
  }
  return undefined;
}

function hasCommentAbove(node: ts.Node, rewriter: Rewriter): boolean {
  return /\/[/*]/.test(rewriter.between(node.pos, node.getStart(rewriter.source)));
}
