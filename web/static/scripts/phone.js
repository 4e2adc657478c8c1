// A phone that takes part: fills in what the QR code brought, and knows when it is over.
const join = document.querySelector("[data-join]");
const fragment = new URLSearchParams(location.hash.slice(1));
if (join && fragment.has("code")) {
  join.querySelector("#code").value = fragment.get("code");
  const check = join.querySelector("[data-check]");
  const pairs = (fragment.get("sha256") ?? "").toUpperCase().match(/[0-9A-F]{2}/g) ?? [];
  check.hidden = pairs.length !== 32;
  check.querySelector("[data-fingerprint]").textContent = pairs.join(" ");
  history.replaceState(null, "", location.pathname); // the code stays out of the history
  join.querySelector("#name").focus();
}

// It is over: nothing is shown or asked for any more.
document.getElementById("stroom")?.addEventListener("bye", () => {
  document.querySelector("[data-present]").remove();
  document.getElementById("connection")?.remove();
  document.querySelector("[data-over]").hidden = false;
});

// What was written is on a slip now, so the field is empty again.
document.addEventListener("htmx:after:swap", (event) => {
  const { sourceElement, response } = event.detail?.ctx ?? {};
  if (sourceElement?.id === "writing" && response?.status < 400) sourceElement.reset();
});

// A slider that was not touched says nothing yet.
const evaluation = document.querySelector("[data-evaluation]");
if (evaluation) {
  const slides = [...evaluation.querySelectorAll("[data-slide]")];
  const untouched = new Set(slides);
  const show = (slide) => {
    const set = !untouched.has(slide);
    slide.parentElement.querySelector("output").textContent = set ? slide.value : "–";
    slide.classList.toggle("untouched", !set);
  };
  for (const slide of slides) {
    show(slide);
    for (const kind of ["input", "click", "keyup"]) {
      slide.addEventListener(kind, (event) => {
        if (event.key === "Tab" || event.key === "Shift") return;
        untouched.delete(slide);
        show(slide);
      });
    }
  }
  evaluation.addEventListener("submit", (event) => {
    if (!untouched.size) return;
    event.preventDefault();
    evaluation.querySelector("[data-untouched]").hidden = false;
    [...untouched][0].focus();
  });
}
