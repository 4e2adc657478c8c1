// The borders between two steps on the bar, as sliders: dragging one gives minutes of the one
// step to the other, so the end time stays. Arrows a minute, page keys five, Home and End all.
import { minutesOf, tidy } from "./minutes.js";

const LEAST = 1;

export function drawBoundaries(bar, fields, changed) {
  if (!bar) return () => {};
  const handles = fields.slice(1).map((_, index) => makeHandle(bar, fields, index, changed));
  const redraw = () => handles.forEach((handle, index) => place(bar, handle, fields, index));
  redraw();
  return redraw;
}

function makeHandle(bar, fields, index, changed) {
  const handle = document.createElement("span");
  handle.className = "boundary";
  handle.tabIndex = 0;
  handle.setAttribute("role", "slider");
  bar.append(handle);
  const set = (minutes) => {
    share(fields[index], fields[index + 1], minutes);
    changed();
  };
  handle.addEventListener("keydown", (event) => {
    const wanted = fromKey(event.key, fields[index], fields[index + 1]);
    if (wanted === null) return;
    event.preventDefault();
    event.stopPropagation();
    set(wanted);
  });
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    handle.focus();
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const box = bar.getBoundingClientRect();
    const at = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    set(Math.round(at * total(fields) - before(fields, index)));
  });
  return handle;
}

function fromKey(key, first, second) {
  const now = minutesOf(first);
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
  if (key in steps) return now + steps[key];
  if (key === "Home") return LEAST;
  return key === "End" ? now + minutesOf(second) - LEAST : null;
}

function share(first, second, minutes) {
  const both = minutesOf(first) + minutesOf(second);
  const least = Math.min(LEAST, minutesOf(first), minutesOf(second));
  const given = Math.min(Math.max(minutes, least), both - least);
  first.value = tidy(given);
  second.value = tidy(both - given);
}

function place(bar, handle, fields, index) {
  const [first, second] = [fields[index], fields[index + 1]];
  const at = before(fields, index) + minutesOf(first);
  const words = {
    "{eerste}": first.dataset.stepName,
    "{tweede}": second.dataset.stepName,
    "{a}": minutesOf(first),
    "{b}": minutesOf(second),
  };
  const filled = (text) => text.replace(/\{\w+\}/g, (name) => words[name] ?? name);
  handle.style.left = `${total(fields) > 0 ? (100 * at) / total(fields) : 0}%`;
  handle.setAttribute("aria-label", filled(bar.dataset.name));
  handle.setAttribute("aria-valuemin", LEAST);
  handle.setAttribute("aria-valuemax", Math.max(minutesOf(first) + minutesOf(second) - LEAST, LEAST));
  handle.setAttribute("aria-valuenow", minutesOf(first));
  handle.setAttribute("aria-valuetext", filled(bar.dataset.value));
}

function before(fields, index) {
  return fields.slice(0, index).reduce((all, field) => all + minutesOf(field), 0);
}

function total(fields) {
  return fields.reduce((all, field) => all + minutesOf(field), 0);
}
