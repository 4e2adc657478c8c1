// A chosen file is read here and put in the text area, so that what is sent can be seen first.
for (const place of document.querySelectorAll("[data-read-file]")) {
  place.hidden = false;
  const field = place.querySelector("input");
  const trouble = place.querySelector("[role=status]");
  field.addEventListener("change", async () => {
    const [file] = field.files;
    const large = Boolean(file) && file.size > Number(field.dataset.most);
    trouble.textContent = large ? trouble.dataset.large : "";
    if (file && !large) document.getElementById(field.dataset.into).value = await file.text();
  });
}
