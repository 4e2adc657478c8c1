// Answers can overtake each other on their way. One that is older than what the page shows
// changes nothing: the page would go back a moment, and its buttons would be refused.
export function keepNewest() {
  document.addEventListener("htmx:before:swap", ({ detail }) => {
    const shown = document.querySelector("[data-version]");
    if (!shown) return;
    const older = detail.tasks.some(({ fragment }) => {
      const brought = fragment?.querySelector("[data-version]");
      return (
        brought?.dataset.meeting === shown.dataset.meeting &&
        Number(brought.dataset.version) < Number(shown.dataset.version)
      );
    });
    if (older) detail.tasks.length = 0; // the rest goes on: a dialog that was answered closes
  });
}
