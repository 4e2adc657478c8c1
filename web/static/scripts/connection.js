// Says when the page no longer hears the service, moves the level, and catches up afterwards.
import { Trace, loadPlot } from "./trace.js";

export function showConnection() {
  const line = document.getElementById("connection");
  const stream = document.getElementById("stroom");
  if (!stream) return;
  document.addEventListener("htmx:sse:error", (event) => {
    if (!line) return;
    line.hidden = false;
    const left = event.detail?.status === 401;
    line.querySelector("[data-gone]").hidden = left;
    line.querySelector("[data-left]").hidden = !left;
  });
  document.addEventListener("htmx:sse:after:connection", () => {
    if (line) line.hidden = true;
  });
  showLevel(stream);
}

function showLevel(stream) {
  let trace = null;
  stream.addEventListener("level", (event) => {
    const level = Number(event.detail.data);
    const meter = document.querySelector("[data-level]");
    if (meter) meter.value = level;
    const place = document.querySelector("[data-trace]");
    if (!place) return;
    if (trace?.place !== place) {
      loadPlot();
      trace = new Trace(place);
    }
    trace.add(level);
  });
}
