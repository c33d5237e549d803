// Comments whose answer was lost, found again as the server keeps them: it reads "\\n" as a line end, and may mask the name
// of the user it runs as.

import assert from "node:assert/strict";
import { test } from "node:test";
import { adapterAt, dropped, json, scripted } from "./scripted-server.ts";

const COMMENTS = "/api/issues/i-1/comments";

const KEPT: readonly (readonly [what: string, said: string, kept: string])[] = [
  ["as it was said", "half done", "half done"],
  ["with its blanks cut", "  half done\n", "half done"],
  ["with a written-out line end read as one", "split on \\n, not on \\r\\n", "split on \n, not on \n"],
  ["with a path that looks like line ends", "see C:\\new\\readme", "see C:\new\neadme"],
  ["with a user's name masked", "node failed in /home/node/work", "n*** failed in /home/n***/work"],
  ["with asterisks of its own and a name masked", "**node** is * down", "**n***** is * down"],
];

for (const [what, said, kept] of KEPT) {
  test(`a lost comment that is kept ${what} is found, and not written again`, async () => {
    const server = await scripted();
    const ours = { id: "c-2", body: kept, authorAgentId: "ag" };
    server.on(`GET ${COMMENTS}`, json(200, []), json(200, [ours]));
    server.on(`POST ${COMMENTS}`, dropped);
    assert.equal((await adapterAt(server.url).adapter.addComment("i-1", said)).id, "c-2");
    assert.equal(server.routes().filter((route) => route.startsWith("POST")).length, 1);
  });
}

const OTHERS: readonly (readonly [what: string, comment: object])[] = [
  ["says something else", { id: "c-2", body: "half gone", authorAgentId: "ag" }],
  ["says more", { id: "c-2", body: "half done, and more", authorAgentId: "ag" }],
  ["masks too little", { id: "c-2", body: "half d**n", authorAgentId: "ag" }],
  ["is another agent's", { id: "c-2", body: "half done", authorAgentId: "other" }],
];

for (const [what, comment] of OTHERS) {
  test(`a comment that ${what} is not taken for the lost one`, async () => {
    const server = await scripted();
    server.on(`GET ${COMMENTS}`, json(200, []), json(200, [comment]));
    server.on(`POST ${COMMENTS}`, dropped, json(201, { id: "c-3" }));
    assert.equal((await adapterAt(server.url).adapter.addComment("i-1", "half done")).id, "c-3");
  });
}
