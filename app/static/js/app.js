// Tăng tốc cho trang vốn chạy được không cần kịch bản.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const bare = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
const make = (tag, cls = "", text = "") => Object.assign(document.createElement(tag), { className: cls, textContent: text });
const attr = (el, values) => { for (const [k, v] of Object.entries(values)) if (v === null) el.removeAttribute(k); else if (v !== "") el.setAttribute(k, v); return el; };
const shown = el => el.getClientRects().length > 0;
const byId = id => document.getElementById(id);

// phím tắt theo phím vật lý: bộ gõ Windows không báo isComposing, chèn chữ bằng phím ảo không có code
const typing = e => e.target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");
const off = () => document.body.dataset.shortcuts === "off" || localStorage.shortcuts === "off";
const row = () => $("[data-list] [aria-current]");
const openSide = side => { side?.classList.add("is-open"); return side; };

function press(letter) {
  const all = $$(`[data-key="${letter}"]`), target = all.find(shown) || all[0];
  if (!target) return false;
  if (target.matches("input,select,textarea")) { openSide(target.closest(".side")); target.focus(); target.select?.(); } else target.click();
  return true;
}
function step(by) {
  const rows = $$("[data-list] a.row, [data-list] tr:has(a.t)");
  const at = rows.findIndex(r => r.hasAttribute("aria-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  if (!next || next === rows[at]) return rows.length > 0;
  rows[at]?.removeAttribute("aria-current");
  next.setAttribute("aria-current", "true");
  const link = $("a.t", next) || next;
  link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  if (link.matches("[data-swap]")) { clearTimeout(timer); timer = setTimeout(() => swap(link.href), 140); }
  return true;
}
let timer, picked;
function pick(range) {
  const box = $("input[type=checkbox]", row()?.closest("li,tr") || make("p"));
  if (!box) return false;
  box.checked = !box.checked;
  const all = $$("[data-list] input[type=checkbox]"), [a, b] = [all.indexOf(picked), all.indexOf(box)].sort((x, y) => x - y);
  if (range && a >= 0) all.slice(a, b + 1).forEach(el => { el.checked = true; });
  picked = box;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}
function turn(by) {
  const box = $$(".viewer__pages").find(shown);
  box?.scrollBy({ top: by * box.clientHeight * .85, behavior: "smooth" });
  return box;
}
const onControl = e => e.target.closest("button,summary,input,a:not(.row):not(.t)");
const keys = {
  KeyJ: () => step(1), KeyK: () => step(-1), KeyX: e => pick(e.shiftKey), Space: e => !onControl(e) && turn(e.shiftKey ? -1 : 1),
  Enter: e => { const r = !onControl(e) && row(), link = r && ($("a.t", r) || r); if (link) location.assign(link.dataset.full || link.href); return link; },
  Slash: e => { if (e.shiftKey) byId("keys")?.showModal(); else byId("q")?.select(); return true; },
};
for (const letter of "VCHYGZ") keys["Key" + letter] = () => press(letter);

addEventListener("keydown", e => {
  if (e.defaultPrevented || e.isComposing || e.keyCode === 229 || !e.code) return;
  const ctrl = e.ctrlKey || e.metaKey;
  if (e.code === "Enter" && ctrl) {
    const form = e.target.form || $(".side form");
    if (form?.method === "post") { e.preventDefault(); ($(".btn--primary[type=submit]", form) || $("[type=submit]", form)).click(); }
  } else if (e.code === "Escape") {
    $$("details[data-menu][open]").forEach(d => { d.open = false; });
    $$(".side.is-open").forEach(s => s.classList.remove("is-open"));
    if (typing(e)) e.target.blur();
  } else if (!typing(e) && !ctrl && !e.altKey && !off() && !$("dialog[open]") && keys[e.code]?.(e)) e.preventDefault();
});

// hộp thoại, gấp mở, xác nhận
const clicks = {
  dialog: el => byId(el.dataset.dialog).showModal(),
  close: el => el.closest("dialog").close(),
  toggle: el => el.setAttribute("aria-expanded", el.parentElement.classList.toggle(el.dataset.toggle)),
  openSide: el => $("input:not([type=hidden]),select,textarea", openSide(byId(el.dataset.openSide)))?.focus(),
  closeSide: el => { el.closest(".side").classList.remove("is-open"); el.blur(); },
  zoom: el => el.setAttribute("aria-pressed", $(".viewer__pages", el.closest(".viewer")).classList.toggle("is-large")),
  dismiss: el => el.closest(".toast").remove(),
  print: () => window.print(),
  back: () => history.back(),
  swap: el => { mark(el); swap(el.href); },
  confirm: el => ask(el),
};
addEventListener("click", e => {
  $$("details[data-menu][open]").forEach(d => { if (!d.contains(e.target)) d.open = false; });
  const el = e.target.closest("a,button"), name = el && Object.keys(clicks).find(k => k in el.dataset);
  const plain = !(e.ctrlKey || e.metaKey || e.shiftKey || e.button) && (name !== "swap" || matchMedia("(min-width: 721px)").matches);
  if (!name || !plain || el.dataset.sure || name === "back" && history.length < 2) return;
  e.preventDefault();
  clicks[name](el);
});
function ask(button) {
  const box = byId("confirm"), verb = button.dataset.confirmTitle;
  $("h2", box).textContent = $("[data-yes]", box).textContent = verb;
  $("p", box).textContent = button.dataset.confirm;
  box.returnValue = "";
  box.onclose = () => { if (box.returnValue === "yes") { button.dataset.sure = "1"; button.click(); delete button.dataset.sure; } };
  box.showModal();
}

// gửi một lần
addEventListener("submit", e => {
  const form = e.target;
  if (form.method !== "post" || e.defaultPrevented || e.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = "1";
  delete form.dataset.dirty;
  setTimeout(() => $$("button", form).forEach(b => { b.disabled = true; attr(b, { "aria-busy": "true" }); }));
  setTimeout(release, 20000, form);
  if ($$("[data-files]", form).some(f => f.files.length)) {
    ($(".formfoot", form) || form).append(attr(make("progress"), { "aria-label": "Đang tải tệp lên" }));
  }
});
function release(form) {
  delete form.dataset.sent;
  $$("button[aria-busy]", form).forEach(b => { b.disabled = false; attr(b, { "aria-busy": null }); });
  $$("progress", form).forEach(bar => bar.remove());
}
addEventListener("pageshow", () => $$("form[data-sent]").forEach(release));
addEventListener("input", e => { if (e.target.form?.method === "post") e.target.form.dataset.dirty = "1"; });

// ba ngăn
let fetching, kept = row();
const mark = link => { row()?.removeAttribute("aria-current"); attr(link, { "aria-current": "true" }); };
async function swap(url, push = true) {
  const panes = $$("[data-pane]");
  if ($("[data-pane] form[data-dirty]") && !confirm("Biểu mẫu đang nhập dở sẽ bị bỏ. Chuyển sang mục khác?"))
    return kept && (mark(kept), kept.focus());
  fetching?.abort();
  fetching = new AbortController();
  panes.forEach(p => { attr(p, { "aria-busy": "true" }); p.classList.add("is-loading"); });
  try {
    const answer = await fetch(url, { headers: { "X-Fragment": "1" }, signal: fetching.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = panes.map(p => $(`[data-pane="${p.dataset.pane}"]`, page));
    if (!answer.ok || answer.redirected || !panes.length || fresh.includes(null)) { location.assign(url); return; }
    $$(".sprite symbol", page).forEach(s => { if (!byId(s.id)) $(".sprite").append(s); });
    panes.forEach((p, i) => { p.replaceWith(fresh[i]); enhance(fresh[i]); });
    document.title = page.title;
    $("[data-said]").textContent = page.title;
    (kept = row())?.classList.remove("unread");
    if (push) history.pushState(0, "", url);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}
addEventListener("popstate", () => {
  const link = $$("a[data-swap]").find(a => a.href === location.href);
  if (link) { mark(link); swap(link.href, false); } else if ($("[data-pane]")) location.reload();
});

// ô chọn có thẻ
function combobox(select) {
  const many = select.multiple, id = select.id, options = [...select.options].filter(o => o.value), label = $(`label[for="${id}"]`);
  const box = make("div", "chipbox"), input = make("input"), list = make("ul", "listbox"), old = k => select.getAttribute(k) || "";
  const hint = select.dataset.placeholder || (many ? "Gõ tên để thêm" : "Gõ để tìm, chọn");
  let hits = [], at = 0;
  attr(input, { id: id + "-q", autocomplete: "off", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id + "-list", "aria-describedby": old("aria-describedby"), "aria-invalid": old("aria-invalid"), "aria-required": select.required ? "true" : "", "data-key": old("data-key"), autofocus: select.autofocus ? "autofocus" : "" });
  attr(list, { id: id + "-list", role: "listbox", hidden: "hidden", "aria-label": label?.textContent.trim() || "Lựa chọn" });
  select.removeAttribute("data-key");
  if (label) label.htmlFor = input.id;
  box.append(input);
  select.after(box, list);
  if (document.activeElement === select) input.focus();

  const close = () => { list.hidden = true; attr(input, { "aria-expanded": "false", "aria-activedescendant": null }); };
  const chips = () => {
    const chosen = options.filter(o => o.selected);
    $$(".chip", box).forEach(c => c.remove());
    for (const o of chosen) {
      const chip = make("span", "chip" + (o.dataset.warning ? " chip--warn" : many ? "" : " chip--lead"), o.label), drop = make("button");
      chip.title = o.dataset.warning || "";
      Object.assign(drop, { type: "button", ariaLabel: "Bỏ " + o.label, innerHTML: '<svg class="ic" aria-hidden="true"><use href="#i-x"/></svg>', onclick: () => choose(o, false) });
      chip.append(drop);
      input.before(chip);
    }
    input.placeholder = chosen.length && !many ? "" : hint;
  };
  const choose = (option, on) => {
    if (!many) select.value = "";
    option.selected = on;
    input.value = "";
    chips();
    close();
    input.focus();
    for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const draw = () => {
    const words = bare(input.value.trim()).split(/\s+/);
    const fits = text => words.every(w => bare(text).includes(w));
    hits = options.filter(o => !o.selected && fits(o.label + " " + (o.dataset.detail || ""))).sort((a, b) => fits(b.label) - fits(a.label)).slice(0, 50);
    at = Math.max(0, Math.min(at, hits.length - 1));
    list.replaceChildren(...hits.map((o, i) => {
      const item = make("li"), more = [o.dataset.detail, o.dataset.warning].filter(Boolean).join(" · ");
      attr(item, { id: `${id}-o${i}`, role: "option", "aria-selected": i === at }).append(make("span", "", o.label), make("small", "", more));
      item.onmousedown = e => { e.preventDefault(); choose(o, true); };
      return item;
    }));
    if (!hits.length) list.append(attr(make("li", "none", "Không có mục nào khớp"), { role: "option", "aria-disabled": "true" }));
    list.hidden = false;
    attr(input, { "aria-expanded": "true", "aria-activedescendant": hits.length ? `${id}-o${at}` : null });
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", e => { e.stopPropagation(); at = 0; draw(); });
  input.addEventListener("click", draw);
  input.addEventListener("blur", () => { close(); input.value = ""; });
  box.addEventListener("click", () => input.focus());
  input.addEventListener("keydown", e => {
    if (e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.code], open = !list.hidden;
    if (by) { at = open ? at + by : 0; draw(); }
    else if (e.code === "Enter") { if (open && hits[at]) choose(hits[at], true); }
    else if (e.code === "Escape" && open) { close(); e.stopPropagation(); }
    else { if (e.code === "Backspace" && !input.value) { const last = options.filter(o => o.selected).pop(); if (last) choose(last, false); } return; }
    e.preventDefault();
  });
  chips();
}

// ngày viết tắt: máy chủ quyết định
function reading(typed) {
  const text = bare(typed.trim()), day = new Date(document.body.dataset.today + "T00:00"), add = n => day.setDate(day.getDate() + n);
  const plus = /^\+ ?(\d{1,3})$/.exec(text), week = /^(?:t([2-7])|cn)$/.exec(text), full = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d])/.exec(text);
  if (plus) for (let n = +plus[1]; n > 0;) { add(1); n -= day.getDay() % 6 ? 1 : 0; }
  else if (week) do add(1); while (day.getDay() !== (week[1] || 1) - 1);
  else if (full) { day.setFullYear(full[3], full[2] - 1, full[1]); if (day.getDate() !== +full[1]) return "Ngày này không có trong lịch"; }
  else if (text === "nm") add(1);
  else if (text !== "hn") return "";
  return day.toLocaleDateString("vi", { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric" }) + (plus ? " (nếu không có ngày nghỉ lễ)" : "");
}

// gắn vào trang
function enhance(root) {
  $$("select[data-combobox]", root).forEach(combobox);
  $$("[data-date]", root).forEach(input => {
    const echo = $("[data-echo]", input.parentElement);
    input.oninput = () => { if (echo) echo.textContent = reading(input.value); };
    input.oninput();
  });
  $$("[data-files]", root).forEach(input => input.addEventListener("change", () => {
    const names = [...input.files].map(f => `${f.name} (${(f.size / 1048576).toFixed(1).replace(".", ",")} MB)`);
    $("[data-picked]", input.parentElement).textContent = names.join(" · ") || "Chưa chọn tệp nào";
  }));
  $$("[data-bulk]", root).forEach(bar => {
    const count = () => { const n = $$(`[name=ids][form="${bar.dataset.bulk}"]:checked`).length; bar.hidden = !n; $("[data-bulk-count]", bar).textContent = n; };
    addEventListener("change", count);
    count();
  });
}
enhance(document);
$$("[data-toast]").forEach(toast => {
  let left;
  toast.onmouseleave = toast.onblur = () => { left = setTimeout(() => toast.remove(), toast.dataset.toast * 1000); };
  toast.onmouseenter = () => clearTimeout(left);
  toast.addEventListener("focusin", toast.onmouseenter);
  toast.onblur();
});
row()?.scrollIntoView({ block: "nearest" });
const mute = $("[data-shortcuts-off]");
if (mute) { mute.checked = localStorage.shortcuts === "off"; mute.onchange = () => { localStorage.shortcuts = mute.checked ? "off" : "on"; }; }

// con số trên menu, mỗi phút
const { poll } = document.body.dataset;
if (poll) setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(poll, { headers: { Accept: "application/json", "X-Background": "1" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) for (const [key, count] of Object.entries(await answer.json())) $$(`[data-count="${CSS.escape(key)}"]`).forEach(el => { el.textContent = count || ""; });
}, 60000);
if ($("[data-refresh]")) setTimeout(() => location.reload(), 2000);

// đã xem
$$("form.auto-post").forEach(f => fetch(f.action, { method: "POST", body: new FormData(f) }).then(() => f.remove()));
