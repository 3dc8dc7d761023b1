// What is typed in one outcome is offered in the next, so nobody types a reason twice.
"use strict";

(() => {
  let last = "";

  document.addEventListener("input", (event) => {
    if (event.target.matches(".kb-decide textarea[name=comment]")) last = event.target.value;
  });

  for (const other of document.querySelectorAll(".ap-other")) {
    other.addEventListener("toggle", () => {
      if (!other.open) return;
      const text = other.querySelector("textarea[name=comment]");
      if (text && !text.value && last) text.value = last;
      other.scrollIntoView({ block: "nearest" });
    });
  }

  // the way to the form is not shown beside the form
  const jump = document.querySelector(".ap-jump");
  if (jump) {
    new IntersectionObserver(([decide]) => jump.classList.toggle("is-here", decide.isIntersecting))
      .observe(document.getElementById("decide"));
  }

  // a browser that cannot keep one panel open of many is helped
  if (!("name" in HTMLDetailsElement.prototype)) {
    document.addEventListener("toggle", (event) => {
      const opened = event.target;
      if (!opened.open || !opened.matches(".ap-other")) return;
      for (const each of document.querySelectorAll(".ap-other[open]")) if (each !== opened) each.open = false;
    }, true);
  }
})();
