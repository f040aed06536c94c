// What goes on without this page: how far it is is looked at until it has ended, and then the page is. Without this script a link does.
"use strict";
(() => {
  const parts = [...document.querySelectorAll("[data-again]")];
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-again]");
      if (answer.ok && fresh.length !== parts.length) {
        location.reload();
        return;
      }
      parts.forEach((part, at) => {
        const [now, then] = [part, fresh[at]].map(one => one?.querySelector("progress"));
        if (now && then && now.value !== then.value) {
          now.value = then.value;
          now.nextSibling.textContent = then.nextSibling.textContent;
        }
      });
    } catch {
      // No signal; the next look may have it.
    }
    setTimeout(look, 2000);
  };
  if (parts.length > 0) {
    setTimeout(look, 2000);
  }
})();
