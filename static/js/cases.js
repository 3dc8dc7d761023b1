// Typed text is saved while it is typed (htmx asks) and before any other button of the page acts.
"use strict";

(() => {
  const work = document.getElementById("work");
  const saved = document.getElementById("saved");
  if (!work || !saved) return;
  let typed = 0; // how often something was typed
  let kept = 0; // the value of `typed` that has reached the server

  const say = (text) => saved.replaceChildren(Object.assign(document.createElement("span"), { className: "cases-unsaved", textContent: text }));
  const LOST = "ยังไม่ได้บันทึก เชื่อมต่อเครื่องแม่ข่ายไม่ได้";
  const SIGNED_OUT = "ยังไม่ได้บันทึก กรุณาเข้าสู่ระบบอีกครั้งในแท็บใหม่ แล้วพิมพ์ต่อในหน้านี้";

  work.addEventListener("input", () => { typed += 1; });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === work) event.detail.xhr.typed = typed;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, elt } = event.detail;
    if (elt !== work || xhr.responseURL.endsWith(work.getAttribute("action"))) return;
    event.detail.shouldSwap = false;
    say(SIGNED_OUT);
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, successful } = event.detail;
    if (elt === work && successful && xhr.responseURL.endsWith(work.getAttribute("action"))) kept = xhr.typed;
  });
  document.body.addEventListener("htmx:sendError", (event) => {
    if (event.detail.elt === work) say(LOST);
  });

  const send = (keepalive) => fetch(work.action, {
    method: "POST", body: new FormData(work), keepalive, redirect: "error", headers: { "HX-Request": "true" },
  });

  const keep = async () => {
    const now = typed;
    const answer = await send(false);
    const part = document.createElement("template");
    part.innerHTML = await answer.text();
    const seen = part.content.querySelector('[name="seen"]');
    if (seen) work.querySelector('[name="seen"]').value = seen.value;
    part.content.getElementById("seen")?.remove();
    saved.replaceChildren(part.content);
    if (answer.ok) kept = now;
    return answer.ok;
  };

  // every other form of the page waits until what was typed is safe
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form === work || form.method !== "post" || typed === kept) return;
    event.preventDefault();
    event.stopPropagation();
    keep().catch(() => { say(LOST); return false; }).then((safe) => {
      if (safe) form.requestSubmit(event.submitter || undefined);
      else saved.scrollIntoView({ block: "center" });
    });
  }, true);

  window.addEventListener("pagehide", () => { if (typed !== kept) send(true).catch(() => {}); });
  work.addEventListener("submit", () => { kept = typed; });
})();
