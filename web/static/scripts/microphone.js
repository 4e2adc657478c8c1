// Trying a microphone: the level comes line by line while the five seconds last.
import { Trace, loadPlot } from "./trace.js";

export function tryMicrophones() {
  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-try]");
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      if (button.ariaDisabled !== "true") run(button);
    },
    { capture: true },
  );
  document.addEventListener("htmx:after:swap", () => {
    const chosen = document.querySelector("#microphone [data-name]:checked");
    const shown = document.querySelector("[data-microphone-name]");
    if (chosen && shown) shown.textContent = chosen.dataset.name;
  });
}

async function run(button) {
  const form = button.closest("form");
  const words = button.innerHTML;
  button.ariaDisabled = "true";
  button.textContent = button.dataset.trying;
  form.querySelector("[data-verdict]").replaceChildren();
  try {
    const answer = await fetch(button.getAttribute("formaction"), {
      method: "POST",
      headers: { Accept: "application/x-ndjson" },
      body: new URLSearchParams(new FormData(form)),
    });
    await follow(answer, form);
  } finally {
    button.innerHTML = words;
    button.ariaDisabled = "false";
  }
}

async function follow(answer, form) {
  loadPlot();
  const meter = form.querySelector("[data-try-level]");
  meter.hidden = false;
  const place = form.querySelector("[data-try-trace]");
  place.replaceChildren(document.createElement("span"));
  const trace = new Trace(place);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop();
    for (const line of lines.filter(Boolean)) show(JSON.parse(line), form, meter, trace);
  }
}

function show(message, form, meter, trace) {
  if (message.html !== undefined) form.querySelector("[data-verdict]").innerHTML = message.html;
  if (message.level === undefined) return;
  meter.value = message.level;
  trace.add(message.level);
}
