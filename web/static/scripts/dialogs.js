// A link that leads to a form opens it in place, where the page has it as a dialog.
export function openDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
      dialog.querySelector("[data-first]")?.focus();
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog")?.close();
    }
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const form = event.detail?.ctx?.sourceElement;
    if (!form?.matches?.("dialog form:not([data-stays])") || event.detail.ctx.response?.status >= 400) return;
    form.closest("dialog").close();
    form.reset();
  });
}
