// Who is absent is not asked to agree; a no closes the way with listening.
export function followPresence() {
  const boxes = document.querySelectorAll("[data-presence]");
  const show = () => {
    for (const box of boxes) {
      const asked = document.querySelector(`[data-agree="${box.dataset.presence}"]`);
      if (asked) asked.hidden = !box.checked;
    }
  };
  for (const box of boxes) box.addEventListener("change", show);
  show();
  const no = document.getElementById("nee");
  const listen = document.querySelector("button[name=listen][value=yes]");
  if (no && listen) {
    const close = () => (listen.disabled = no.checked);
    no.addEventListener("change", close);
    close();
  }
}
