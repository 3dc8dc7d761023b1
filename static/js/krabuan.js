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

  // a page left open while signing in again elsewhere still has the old token
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  document.addEventListener("htmx:configRequest", (event) => {
    if (token()) event.detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.elements.csrfmiddlewaretoken;
    if (field && token()) field.value = token();
  }, true);

  // once told that the session ended, a page that asks every second stops asking
  const signedOut = () => document.querySelector("[data-signed-out]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "get" && signedOut()) event.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) signedOut()?.remove();
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

  // a page that was refused opens where the refusal stands, at the field to mend
  // (after the browser itself has gone to the place the address names, which takes the focus away)
  window.addEventListener("load", () => setTimeout(() => {
    const wrong = document.querySelector("main :is(input, select, textarea)[aria-invalid=true]:not([type=hidden])");
    const told = wrong || document.querySelector("main :is(.invalid-feedback, [role=alert])");
    if (!told) return;
    wrong?.focus({ preventScroll: true });
    const { top, bottom } = told.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight * 0.8) told.scrollIntoView({ block: "center" });
  }));

  // of a row of tabs too long for a phone, the one we are on is shown
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".kb-tabs [aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  });

  // the browser says "Choose File" in its own language; we say it in Thai over it
  const make = (name, text) => {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    return part;
  };
  const NOTHING_CHOSEN = matchMedia("(hover: hover)").matches ? "หรือลากไฟล์มาวางที่นี่" : "ยังไม่ได้เลือกไฟล์";
  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} กิโลไบต์` : `${(bytes / 1048576).toFixed(1)} เมกะไบต์`);
  const pick = (input) => {
    const box = make("kb-pick", "");
    const name = make("kb-pick-name", "");
    input.before(box);
    box.append(input, make("kb-pick-button", "เลือกไฟล์"), name);
    for (const part of [box.children[1], name]) part.setAttribute("aria-hidden", "true");
    const show = () => {
      const chosen = [...input.files].map((file) => `${file.name} (${size(file.size)})`);
      name.textContent = chosen.join(", ") || NOTHING_CHOSEN;
      name.classList.toggle("is-chosen", chosen.length > 0);
    };
    input.addEventListener("change", show);
    show();
  };
  const dress = (root) => {
    for (const input of root.querySelectorAll("input[type=file]:not(.kb-pick > *)")) pick(input);
  };
  document.addEventListener("DOMContentLoaded", () => dress(document));
  document.addEventListener("htmx:load", (event) => dress(event.target.parentElement || document));

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
