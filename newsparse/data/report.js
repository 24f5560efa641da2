// Filters and sorts the articles, and leads from one to the next. Without it, all articles are there in one order.
"use strict";
const form = document.querySelector("form");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}|ـ/gu, "").replace(/[أإآٱ]/g, "ا").toLowerCase();

if (form) {
  const rows = [...document.querySelectorAll("[data-article]")].map((row) => {
    const article = document.getElementById(row.dataset.article);
    return { ...row.dataset, row, article, text: plain(row.textContent + " " + article.textContent) };
  });
  const has = (words, word) => !word || words.split(" ").includes(word);
  const show = () => {
    const { text, code, missing, order } = Object.fromEntries(new FormData(form));
    const key = (row) => (order === "time" ? row.time : Number(row[order]));
    rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.rank - b.rank));
    const wanted = plain(text.trim());
    const found = rows.filter((row) => {
      const is = has(row.codes, code) && has(row.missing, missing) && row.text.includes(wanted);
      row.row.hidden = row.article.hidden = !is;
      row.row.parentNode.append(row.row);
      row.article.parentNode.append(row.article);
      return is;
    });
    found.forEach(({ article }, index) => {
      for (const [name, other] of [["previous", found[index - 1]], ["next", found[index + 1]]]) {
        const link = article.querySelector("." + name);
        link.hidden = !other;
        if (other) link.href = "#" + other.article.id;
      }
    });
    form.querySelector("output").value = found.length + " / " + rows.length;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}
