// Small things that only the browser can do.

function xtKeep(name, value) {
  document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`;
  const url = new URL(location.href);
  url.searchParams.delete("lang");
  location.replace(url);
}

// A chart as a picture that explains itself: title, unit, chart, source.
function xtPicture(id, title, unit, source, file, colours) {
  const chart = getElement(id).chart;
  const inner = chart.getRenderedCanvas({ pixelRatio: 2, backgroundColor: colours.paper });
  const canvas = document.createElement("canvas");
  const [top, foot, side] = [110, 60, 40];
  canvas.width = inner.width + 2 * side;
  canvas.height = inner.height + top + foot;
  const pen = canvas.getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  pen.fillStyle = colours.paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = colours.ink;
  pen.font = `600 34px ${family}`;
  pen.fillText(title, side, 52, inner.width);
  pen.fillStyle = colours.soft;
  pen.font = `24px ${family}`;
  pen.fillText(unit, side, 92, inner.width);
  pen.drawImage(inner, side, top);
  pen.fillText(source, side, canvas.height - 22, inner.width);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = file;
  link.click();
}

// Cells of tables, drawn without ever reading text as markup.
function xtLink(params, path, names) {
  if (!params.value) return "";
  const link = document.createElement("a");
  link.href = path + encodeURIComponent(params.value);
  link.textContent = names[params.value] ?? params.value;
  link.title = params.value;
  link.className = "xt-link";
  return link;
}
function xtTag(params, labels) {
  if (params.value === null || params.value === undefined || params.value === "") return "";
  const tag = document.createElement("span");
  tag.className = `xt-tag ${params.value}`;
  tag.textContent = labels[params.value] ?? params.value;
  return tag;
}
function xtDot(params, labels, kind) {
  const cell = document.createElement("span");
  const dot = document.createElement("i");
  dot.className = "xt-dot";
  dot.style.background = `var(--${kind}-${params.value})`;
  cell.append(dot, labels[params.value] ?? params.value ?? "");
  return cell;
}
function xtBar(params) {
  const cell = document.createElement("div");
  cell.className = "xt-progress";
  const bar = document.createElement("i");
  bar.style.width = `${Math.round(100 * (params.value ?? 0))}%`;
  const word = document.createElement("span");
  word.textContent = `${Math.round(100 * (params.value ?? 0))}%`;
  cell.append(bar, word);
  return cell;
}

// A bar of the cost curve: from x0 to x1, from 0 to its height.
function xtCurveBar(params, api) {
  const from = api.coord([api.value(0), 0]);
  const to = api.coord([api.value(1), api.value(2)]);
  const low = Math.min(from[1], to[1]);
  return {
    type: "rect",
    shape: { x: from[0], y: low, width: Math.max(to[0] - from[0], 1), height: Math.max(Math.abs(from[1] - to[1]), 1) },
    style: { fill: api.visual("color"), stroke: "#fff", lineWidth: 0.5 },
  };
}

// The share in per cent behind a place on the signed logarithmic axis (see measure_charts.symmetric).
function xtUnlog(value) {
  if (value === 0) return "0";
  const share = Math.sign(value) * Math.pow(10, Math.abs(value) - 4);
  return Math.abs(share) < 0.01 ? share.toExponential(0) + "%" : +share.toPrecision(2) + "%";
}
