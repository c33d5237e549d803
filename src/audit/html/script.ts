// The page's one script: the search box. Without it everything is there, and the box is not.

export const SCRIPT = `
const tools = document.getElementById("tools");
const box = document.getElementById("search");
const count = document.getElementById("count");
const all = [...document.querySelectorAll("[data-find]")].map((element) => ({ element, text: element.textContent.toLowerCase() }));
function find() {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const { element, text } of all) {
    const fits = words.every((word) => text.includes(word));
    element.hidden = !fits;
    if (fits) shown += 1;
  }
  count.textContent = words.length === 0 ? "" : shown + " of " + all.length;
}
box.addEventListener("input", find);
tools.hidden = false;
find();
`;
