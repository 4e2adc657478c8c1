// Single keys press the button that shows them. They can be switched off (WCAG 2.1.4).
export function answerKeys() {
  document.addEventListener("keydown", (event) => {
    if (document.body.classList.contains("no-keys")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, select, textarea, dialog[open]")) return;
    const wanted = event.key.toLowerCase();
    const target = [...document.querySelectorAll("[data-key]")].find(
      (element) => element.dataset.key.split(" ").includes(wanted) && !element.disabled,
    );
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
