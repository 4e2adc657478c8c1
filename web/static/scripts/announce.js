// One polite announcement for each piece of news: the page names it "kind:which", this says
// it once. What was there when the page came is read with the page.
const said = new Map();

export function announceNews() {
  remember(newest()?.dataset.announce ?? "");
  document.addEventListener("htmx:after:swap", tell);
}

function newest() {
  return document.querySelector("[data-announce]");
}

function remember(name) {
  const [kind] = name.split(":");
  const fresh = said.get(kind) !== name;
  said.set(kind, name);
  return fresh;
}

function tell() {
  const news = newest();
  const region = document.getElementById("announce");
  if (!news || !region || !remember(news.dataset.announce)) return;
  const text = news.textContent.trim();
  if (text) region.textContent = text;
}
