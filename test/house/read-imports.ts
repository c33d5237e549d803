// What one source file imports and exports, read with TypeScript's own parser: text matching misses import() types,
// re-exports and comments.

import ts from "typescript";

/** One mention of another module: its specifier, its line (from 1), and whether nothing of it exists at run time. */
export type Import = { readonly to: string; readonly line: number; readonly typeOnly: boolean };

/** A parsed file: its imports in order, and the lines where it breaks the rules on exports. */
export type Module = {
  readonly imports: readonly Import[];
  readonly defaultExports: readonly number[];
  readonly starExports: readonly number[];
};

/** Reads one module; never throws on bad syntax (the compiler reports that). */
export function readModule(path: string, text: string): Module {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const module = {
    imports: new Array<Import>(),
    defaultExports: new Array<number>(),
    starExports: new Array<number>(),
  };
  const visit = (node: ts.Node): void => {
    const found = importIn(node);
    if (found !== null) module.imports.push({ ...found, line: lineOf(node) });
    if (isDefaultExport(node)) module.defaultExports.push(lineOf(node));
    if (isStarExport(node)) module.starExports.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return module;
}

function importIn(node: ts.Node): { to: string; typeOnly: boolean } | null {
  if (ts.isImportDeclaration(node)) {
    return {
      to: textOf(node.moduleSpecifier),
      typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { to: textOf(node.moduleSpecifier), typeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { to: textOf(node.argument.literal), typeOnly: true };
  }
  const [argument] = ts.isCallExpression(node) && isImportCall(node) ? node.arguments : [];
  return argument === undefined ? null : { to: textOf(argument), typeOnly: false };
}

function isImportCall(node: ts.CallExpression): boolean {
  const { expression } = node;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === "require")
  );
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : "(computed)";
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === "default";
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
}

function isStarExport(node: ts.Node): boolean {
  if (!ts.isExportDeclaration(node)) return false;
  return node.exportClause === undefined || ts.isNamespaceExport(node.exportClause);
}
