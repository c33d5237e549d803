#!/usr/bin/env node
// The first file that runs. In old syntax and without a single require, so that any Node can read it: one too old for
// the bundle (which needs node:sqlite) is told so in one line, as a fault (3), for a 1 is a refusal to an agent. A test holds these numbers to "engines" in package.json.
"use strict";

var found = process.versions.node.split(".");
var major = Number(found[0]);
var minor = Number(found[1]);

if (major > 24 || (major === 24 && minor >= 21) || (major === 22 && minor >= 23)) {
  require("../dist/bin/hot.cjs");
} else {
  var here = process.versions.node + " (" + process.execPath + ")";
  process.stderr.write("exec-kernel: needs node >=22.23 <23 || >=24.21, found " + here + "\n");
  process.exitCode = 3;
}
