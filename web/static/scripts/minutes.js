// Minutes per step, the total and the end time follow each other while they are typed.
export function scaleMinutes() {
  const form = document.querySelector("[data-minutes]");
  if (!form) return;
  const total = form.querySelector("[data-total]");
  const steps = () => [...form.querySelectorAll("[data-step-minutes]")];
  const sum = () => steps().reduce((all, field) => all + (Number(field.value) || 0), 0);

  const show = () => {
    total.value = tidy(sum());
    const end = new Date(Date.now() + sum() * 60000);
    const pad = (number) => String(number).padStart(2, "0");
    form.querySelector("[data-end]").textContent = `${pad(end.getHours())}:${pad(end.getMinutes())}`;
    redraw(form, steps(), sum());
  };

  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-step-minutes]")) show();
  });
  total.addEventListener("change", () => {
    const wanted = Number(total.value);
    const factor = wanted > 0 && sum() > 0 ? wanted / sum() : 1;
    for (const field of steps()) field.value = tidy(Math.max(Number(field.value) * factor, 0.5));
    show();
  });
  setInterval(() => document.activeElement === total || show(), 20000);
}

function redraw(form, fields, sum) {
  const gap = 0.6;
  const room = 100 - gap * (fields.length - 1);
  let x = 0;
  form.querySelectorAll("[data-stretch]").forEach((piece, index) => {
    const width = sum > 0 ? (room * (Number(fields[index]?.value) || 0)) / sum : 0;
    piece.setAttribute("x", x.toFixed(2));
    piece.setAttribute("width", width.toFixed(2));
    x += width + gap;
  });
}

function tidy(minutes) {
  return Math.round(minutes * 2) / 2;
}
