// A chosen file's text goes into the field that the form sends; nothing is sent by itself.
const input = document.querySelector("input[data-into]");
input?.closest("[data-file]").removeAttribute("hidden");
input?.addEventListener("change", async () => {
  const [file] = input.files;
  if (file && file.size < 60000) {
    document.getElementById(input.dataset.into).value = await file.text();
  }
});
