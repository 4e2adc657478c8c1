// Minutes per step, their end times, the total and the bar follow each other.
import { drawBoundaries } from "./boundaries.js";

export function scaleMinutes() {
  const form = document.querySelector("[data-minutes]");
  if (!form) return;
  const total = form.querySelector("[data-total]");
  const steps = [...form.querySelectorAll("[data-step-minutes]")];
  const sum = () => steps.reduce((all, field) => all + minutesOf(field), 0);
  const redrawHandles = drawBoundaries(form.querySelector("[data-bar]"), steps, () => show());

  const show = () => {
    if (document.activeElement !== total) total.value = tidy(sum());
    tellTimes(form, steps);
    redraw(form, steps, sum());
    redrawHandles();
  };

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-step-minutes]")) show();
  });
  total.addEventListener("change", () => {
    const wanted = Number(total.value);
    const factor = wanted > 0 && sum() > 0 ? wanted / sum() : 1;
    for (const field of steps) field.value = tidy(Math.max(minutesOf(field) * factor, 0.5));
    total.value = tidy(sum());
    show();
  });
  setInterval(() => tellTimes(form, steps), 20000);
}

export function minutesOf(field) {
  return Math.max(Number(field.value) || 0, 0);
}

export function tidy(minutes) {
  return Math.round(minutes * 2) / 2;
}

function tellTimes(form, steps) {
  let at = Date.now();
  const places = [...form.querySelectorAll("[data-until]")];
  steps.forEach((field, index) => {
    at += minutesOf(field) * 60000;
    places[index].textContent = timeOfDay(at);
  });
  form.querySelector("[data-end]").textContent = timeOfDay(at);
}

function timeOfDay(at) {
  const moment = new Date(at);
  const pad = (number) => String(number).padStart(2, "0");
  return `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

function redraw(form, fields, sum) {
  const gap = 0.6;
  const room = 100 - gap * (fields.length - 1);
  let x = 0;
  form.querySelectorAll("[data-stretch]").forEach((piece, index) => {
    const width = sum > 0 ? (room * minutesOf(fields[index])) / sum : 0;
    piece.setAttribute("x", x.toFixed(2));
    piece.setAttribute("width", width.toFixed(2));
    x += width + gap;
  });
}
