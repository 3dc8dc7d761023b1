// Small comforts. Nothing here is needed: every page works without it.
"use strict";

(() => {
  const menus = () => document.querySelectorAll("details.kb-menu[open]");

  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // a form sent twice by an impatient hand is sent once
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  const say = (text) => {
    const place = document.getElementById("messages");
    if (!place) return;
    const note = document.createElement("div");
    note.className = "kb-note kb-note--bad";
    note.textContent = text;
    place.replaceChildren(note);
    place.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:sendError", () => say("ติดต่อเครื่องแม่ข่ายไม่ได้ กรุณาตรวจสอบการเชื่อมต่อแล้วลองอีกครั้ง"));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) say("ระบบขัดข้องชั่วคราว กรุณาลองอีกครั้ง");
  });
})();
