/* The page of a ballot that is sealed on the voter's own device: choose, check, confirm, receipt.
   The choices stand outside any form and in this script's memory; what leaves is the sealed ballot. */
import { canSeal, hex, readPaper, seal, unhex } from "./sealing.js";

const ballot = document.getElementById("ballot");
const names = Array.from(ballot.querySelectorAll("fieldset[data-number]"));
const part = (id) => document.getElementById(`ballot-${id}`);
const LABELS = { yes: "同意", no: "反对", abstain: "弃权" };
let paper;
let envelope; // what the check page shows and the box gets

function show(id) {
  for (const one of ["preparing", "choose", "check", "done", "differs"]) part(one).hidden = one !== id;
  part("trouble").hidden = true;
  part(id).focus();
  window.scrollTo(0, 0);
}

function written(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function row(...cells) {
  const line = document.createElement("tr");
  for (const [label, content, tag = "td"] of cells) {
    const cell = document.createElement(tag);
    cell.dataset.label = label;
    if (tag === "th") cell.scope = "row";
    cell.append(content);
    line.append(cell);
  }
  return line;
}

function chosen(fieldset) {
  const radio = fieldset.querySelector("input:checked");
  return radio ? radio.value : "";
}

function complain(reasons) {
  part("trouble").querySelector("ul").replaceChildren(...reasons.map((text) => written("li", text)));
  part("trouble").hidden = false;
  part("trouble").focus();
}

// Every name that is left out, on top with a link and beside the name.
function told(missing) {
  for (const fieldset of names) {
    const out = missing.includes(fieldset);
    fieldset.classList.toggle("field-invalid", out);
    fieldset.querySelector(".error").hidden = !out;
  }
  part("missing").hidden = missing.length === 0;
  part("missing").querySelector("h2").textContent = `有 ${missing.length} 处需要修改`;
  const links = missing.map((fieldset) => {
    const item = document.createElement("li");
    const link = written("a", fieldset.querySelector(".error").textContent);
    link.href = `#${fieldset.id}`;
    item.append(link);
    return item;
  });
  part("missing").querySelector("ul").replaceChildren(...links);
  if (missing.length) part("missing").focus();
}

async function check() {
  const missing = names.filter((fieldset) => !chosen(fieldset));
  told(missing);
  if (missing.length) return;
  const marks = new Map(paper.numbers.map((number) => [number, "recused"]));
  for (const fieldset of names) marks.set(Number(fieldset.dataset.number), chosen(fieldset));
  envelope = await seal(paper, marks);
  const counts = Object.keys(LABELS).map((choice) => [names.filter((one) => chosen(one) === choice).length, LABELS[choice]]);
  const recused = paper.numbers.length - names.length;
  if (recused) counts.push([recused, "回避"]);
  part("counts").replaceChildren(...counts.map(([count, label]) => {
    const item = document.createElement("li");
    const figure = written("span", "");
    figure.className = "kpi";
    figure.append(written("strong", count), label);
    item.append(figure);
    return item;
  }));
  part("marks").replaceChildren(...names.map((one) =>
    row(["序号", one.dataset.number], ["姓名", one.dataset.name, "th"], ["选择", LABELS[chosen(one)]])));
  part("codes").replaceChildren(...names.map((one) => {
    const code = envelope.codes.get(Number(one.dataset.number));
    return row(["序号", one.dataset.number], ["姓名", one.dataset.name, "th"], ["核对码", written("code", code)]);
  }));
  part("own-receipt").textContent = envelope.receipt;
  show("check");
}

async function post() {
  const letter = new FormData(part("box"));
  letter.append("sealed", envelope.sealed);
  const answer = await fetch(part("box").action, { method: "POST", body: letter, credentials: "same-origin" });
  return answer.json(); // anything else (signed out, no connection) is caught below
}

async function confirm(button) {
  button.disabled = true;
  button.textContent = "正在投进票箱……";
  try {
    const { receipt, reasons } = await post();
    if (!receipt) complain(reasons);
    else finish(receipt);
  } catch (lost) {
    complain(["没有收到票箱的答复。您的选择还在本页，没有送出手机；请检查网络，再点一次“确认投票”，不会重复投票。"]);
  }
  button.disabled = false;
  button.textContent = "确认投票（不能再改）";
}

function finish(receipt) {
  const same = receipt === envelope.receipt;
  for (const radio of ballot.querySelectorAll("input:checked")) radio.checked = false;
  for (const id of ["marks", "codes", "counts"]) part(id).replaceChildren();
  for (const place of ballot.querySelectorAll("[data-box-receipt]")) place.textContent = receipt;
  for (const place of ballot.querySelectorAll("[data-own-receipt]")) place.textContent = envelope.receipt;
  envelope = null;
  show(same ? "done" : "differs");
}

function rest() {
  for (const fieldset of names) {
    if (!chosen(fieldset)) fieldset.querySelector("input[value=yes]").checked = true;
  }
}

async function start() {
  if (!(await canSeal())) {
    window.location.replace(ballot.dataset.fallback);
    return;
  }
  paper = await readPaper(ballot.dataset.form, unhex(ballot.dataset.publicKey));
  part("key-hash").textContent = hex(paper.keyHash);
  part("form-hash").textContent = hex(paper.formHash);
  part("do-check").addEventListener("click", check);
  part("do-rest").addEventListener("click", rest);
  part("do-back").addEventListener("click", () => show("choose"));
  part("do-confirm").addEventListener("click", (event) => confirm(event.currentTarget));
  ballot.hidden = false;
  show("choose");
}

start();
