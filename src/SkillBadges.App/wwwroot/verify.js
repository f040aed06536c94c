// A badge's file can be dropped anywhere on the page, and where the browser reads QR codes, a photo of one will do. Without this script the page is a form.
"use strict";
(() => {
  const form = document.querySelector("[data-drop]");
  const file = form.elements.Chosen;
  form.querySelector("[data-drop-words]").hidden = !matchMedia("(pointer: fine)").matches;
  for (const over of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(over, event => {
      event.preventDefault();
      form.classList.toggle("over", over === "dragover");
    });
  }

  document.addEventListener("drop", event => {
    if (event.dataTransfer.files.length > 0) {
      file.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });

  const code = form.querySelector("[data-qr]");
  const photo = code.querySelector("input");
  if (!("BarcodeDetector" in window)) { return; }
  code.hidden = false;
  photo.addEventListener("change", async () => {
    // What is no picture has no code either.
    const [found] = await createImageBitmap(photo.files[0]).then(picture => new BarcodeDetector({ formats: ["qr_code"] }).detect(picture)).catch(() => []);
    photo.value = "";
    if (found) {
      form.elements.Pasted.value = found.rawValue;
      form.requestSubmit();
    } else {
      photo.setCustomValidity(photo.dataset.qrSays);
      photo.reportValidity();
      photo.setCustomValidity("");
    }
  });
})();
