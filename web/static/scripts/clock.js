// Counts the seconds between two messages of the server, which alone knows the time.
let arrived = performance.now();
let source = null;

export function followClock() {
  take();
  document.addEventListener("htmx:after:swap", take);
  setInterval(show, 250);
}

function take() {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const { remaining, planned, rate } = clock.dataset;
  const told = [remaining, planned, rate].join(" ");
  if (source?.clock === clock && source.told === told) return; // something else was swapped
  source = {
    clock,
    told,
    remaining: Number(remaining),
    planned: Number(planned),
    rate: Number(rate), // 0 while the clock stands still; more when a recording runs faster
  };
  arrived = performance.now();
  show();
}

function show() {
  if (!source) return;
  const passed = ((performance.now() - arrived) / 1000) * source.rate;
  const left = source.remaining - passed;
  const over = left < 0;
  source.clock.classList.toggle("overtime", over);
  write(source.clock.querySelector("[data-digits]"), asClock(left));
  const quiet = source.clock.closest("[data-quiet]");
  quiet?.classList.toggle("ending", left <= 60);
  quiet?.classList.toggle("over", over);
  const ring = source.clock.querySelector("[data-ring]");
  if (ring) {
    const whole = Number(ring.dataset.ring);
    const share = source.planned > 0 ? Math.min(Math.max(left / source.planned, 0), 1) : 0;
    ring.setAttribute("stroke-dasharray", `${(whole * share).toFixed(2)} ${whole}`);
  }
}

// Each sign has a place of its own width, so that the clock does not shiver.
function write(place, text) {
  if (!place || place.textContent === text) return;
  while (place.children.length < text.length) place.append(document.createElement("span"));
  while (place.children.length > text.length) place.lastElementChild.remove();
  [...text].forEach((sign, index) => {
    const span = place.children[index];
    if (span.textContent !== sign) span.textContent = sign;
    span.className = sign === ":" ? "colon" : "";
  });
}

export function asClock(seconds) {
  const whole = Math.abs(Math.floor(seconds));
  const sign = seconds < 0 && whole ? "−" : "";
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
