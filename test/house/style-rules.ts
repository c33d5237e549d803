// The style limits that no linter holds: names, openings, left-over notes, traces of one machine. Pure functions over
// texts, so that planted faults can prove that they see them.

import { basename } from "node:path";
import ts from "typescript";

const NAME_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.(ts|cjs)$/;
const EMPTY_WORDS = ["Manager", "Helper", "Helpers", "Util", "Utils", "Base", "Impl"];
// In the patterns below a letter in brackets keeps this file from finding itself.
const UNFINISHED = /(\/\/|\*).*\b(T[O]DO|F[I]XME|X[X]X)\b/;
// What means something on one machine only: its folders, its hooks, the neighbours of the checkout.
const TRACES = [/\/[w]ork\//, /\/[r]oot\//, /\/[t]mp\//, /[b]ash_jobs/, /[b]efore-stop/, /\.\.\/[s]hared/];
const KNOWS_OUTSIDE = "test/support/outside-data.ts";

/** Breaches in one source file: its name, length, opening comment, declared names, notes. Each is "path:line what". */
export function sourceFaults(path: string, text: string): string[] {
  const faults = [lengthFault(path, text), fileNameFault(path), openingFault(path, text)].filter(
    (fault) => fault !== null,
  );
  const marks = textLines(text).flatMap((line, at) =>
    UNFINISHED.test(line) ? [`${at + 1} unfinished: do it or open an issue`] : [],
  );
  return [...faults.map((fault) => `1 ${fault}`), ...emptyNames(path, text), ...marks].map(
    (fault) => `${path}:${fault}`,
  );
}

/** Lines of any file, documents too, that only make sense on the machine where they were written. */
export function traceFaults(path: string, text: string): string[] {
  return textLines(text).flatMap((line, at) => {
    const found = TRACES.map((trace) => trace.exec(line)?.[0]).find((match) => match !== undefined);
    const allowed = found === undefined || (path === KNOWS_OUTSIDE && found.startsWith(".."));
    return allowed ? [] : [`${path}:${at + 1} names ${found}`];
  });
}

function lengthFault(path: string, text: string): string | null {
  const linesMax = path.startsWith("src/core/") ? 250 : 400;
  const lines = textLines(text).length;
  return lines > linesMax ? `${lines} lines, limit ${linesMax}` : null;
}

function fileNameFault(path: string): string | null {
  const name = basename(path);
  if (!NAME_PATTERN.test(name)) return "file name is not kebab-case";
  const empty = name.split(/[-.]/).find((word) => EMPTY_WORDS.some((one) => one.toLowerCase() === word));
  return empty === undefined ? null : `"${empty}" in a file name says nothing`;
}

// A test file may do without: its titles say what it holds.
function openingFault(path: string, text: string): string | null {
  if (path.endsWith(".test.ts")) return null;
  const [first = "", second = ""] = textLines(text);
  const opening = first.startsWith("#!") ? second : first;
  return /^\/[/*].*\w/.test(opening) ? null : "opens without a comment that says what it is and why";
}

function emptyNames(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = declaredName(node);
    const word = name.split(/(?=[A-Z])/).find((one) => EMPTY_WORDS.includes(one));
    if (word !== undefined) {
      faults.push(
        `${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1} "${word}" in ${name} says nothing`,
      );
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return faults;
}

function declaredName(node: ts.Node): string {
  const named =
    ts.isClassDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node);
  return named && node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : "";
}

function textLines(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}
