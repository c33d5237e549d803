// The one table of the report, the same on a terminal and in the document: Markdown with its columns in line.

import { isMet } from "./row.ts";
import type { Figure, Row } from "./row.ts";

/** Three digits, or more where they stand before the point. */
function digits(value: number): string {
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-9))));
  const short = Number(value.toFixed(Math.min(places, 2)));
  return short >= 10_000 ? Math.round(short).toLocaleString("en-US") : String(short);
}

function time(ns: number): string {
  if (ns < 1e3) return `${digits(ns)} ns`;
  return ns < 1e6 ? `${digits(ns / 1e3)} us` : `${digits(ns / 1e6)} ms`;
}

function amount(value: number, { unit }: Figure): string {
  if (unit === "ns") return time(value);
  if (unit === "percent") return `${value.toFixed(1)} %`;
  return unit === "bytes" ? `${Math.round(value)} bytes` : `${Math.round(value).toLocaleString("en-US")}/s`;
}

function said(figure: Figure): string {
  const value = amount(figure.value, figure);
  return figure.p99 === undefined ? value : `${value} (p99 ${amount(figure.p99, figure)})`;
}

function ratio({ peer, target, ours }: Row): string {
  if (peer === null) return "";
  const faster = target?.kind === "faster" || (target === null && peer.share < 1 && ours.unit === "ns");
  return faster ? `${digits(1 / peer.share)}x faster` : `${digits(peer.share)}x`;
}

function aimed({ target, ours }: Row): string {
  if (target === null) return "";
  if (target.kind === "least") return `>= ${amount(target.value, ours)}`;
  if (target.kind === "times") return `>= ${target.value}x`;
  if (target.kind === "faster") return `>= ${target.value}x faster`;
  if (target.kind === "share") return `<= ${target.value}x`;
  return `< ${time(target.value)}${target.p99 === undefined ? "" : ` (p99 < ${time(target.p99)})`}`;
}

function met(row: Row): string {
  const answer = isMet(row);
  if (answer !== null) return answer ? "met" : "NOT MET";
  return row.target === null ? "" : "not compared";
}

function cells(row: Row): readonly string[] {
  const peer =
    row.peer === null
      ? row.absent === null
        ? ""
        : `${row.absent}: absent`
      : `${row.peer.name} ${said(row.peer.figure)}`;
  return [row.what, said(row.ours), peer, ratio(row), aimed(row), met(row)];
}

const HEADS = ["what", "ours", "peer", "ours to peer", "target", "met"];

/** The rows as lines of text. */
export function table(rows: readonly Row[]): string {
  const lines = [HEADS, ...rows.map(cells)];
  const widths = HEADS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const drawn = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [drawn[0], rule, ...drawn.slice(1)].join("\n");
}

/** What rows have to tell beside their line, each after an empty line; nothing where none has. */
export function details(rows: readonly Row[]): string {
  return rows.flatMap(({ detail }) => (detail === undefined ? [] : [`\n${detail}\n`])).join("");
}
