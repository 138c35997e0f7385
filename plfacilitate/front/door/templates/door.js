(function () {
  var wait = document.getElementById("wait"), form = document.querySelector("form[data-once]"), said = wait && wait.textContent, timer;
  if (form && wait) {
    form.addEventListener("submit", function (event) {
      if (event.submitter && event.submitter.name === "to") return;
      var clock = form.elements.c || form.appendChild(Object.assign(document.createElement("input"), {type: "hidden", name: "c"}));
      clock.value = Date.now();
      wait.textContent = wait.dataset.wait;
      clearTimeout(timer);
      timer = setTimeout(function () { wait.textContent = wait.dataset.slow; }, 8000);
    });
    window.addEventListener("pageshow", function () { clearTimeout(timer); wait.textContent = said; });
  }
  var pad = document.getElementById("pad"), draw = document.getElementById("draw");
  if (!pad || !pad.getContext || !window.PointerEvent) return;
  var typed = document.getElementById("signed"), box = document.getElementById("drawing"), kept = document.getElementById("strokes");
  var pen = pad.getContext("2d"), strokes = [], line = null, other = draw.dataset.other, label = draw.textContent;
  var title = document.querySelector("label[for=signed]"), typing = title.textContent;
  draw.hidden = false;
  draw.addEventListener("click", function () {
    box.hidden = !box.hidden;
    draw.textContent = box.hidden ? label : other;
    title.textContent = box.hidden ? typing : pad.getAttribute("aria-label");
    typed.required = box.hidden;
    typed.hidden = !box.hidden;
    if (box.hidden) clear(); else { pen.lineWidth = 4; pen.lineCap = pen.lineJoin = "round"; pen.strokeStyle = getComputedStyle(pad).color; }
  });
  document.getElementById("clear").addEventListener("click", clear);
  function clear() { strokes = []; pen.clearRect(0, 0, 600, 240); keep(); }
  function keep() { kept.value = strokes.filter(function (s) { return s.length > 1; }).map(function (s) { return s.join("-"); }).join("_"); }
  function at(event) {
    var r = pad.getBoundingClientRect();
    return [Math.max(0, Math.min(600, Math.round((event.clientX - r.left) * 600 / r.width))), Math.max(0, Math.min(240, Math.round((event.clientY - r.top) * 240 / r.height)))];
  }
  pad.addEventListener("pointerdown", function (event) {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    var p = at(event);
    line = [p.join(".")]; strokes.push(line);
    pen.beginPath(); pen.moveTo(p[0], p[1]);
  });
  pad.addEventListener("pointermove", function (event) {
    if (!line || kept.value.length > 15000) return;
    var p = at(event), text = p.join(".");
    if (line[line.length - 1] === text) return;
    line.push(text); pen.lineTo(p[0], p[1]); pen.stroke();
    if (line.length % 20 === 0) keep();
  });
  ["pointerup", "pointercancel"].forEach(function (name) { pad.addEventListener(name, function () { line = null; keep(); }); });
  form.addEventListener("submit", function (event) {
    keep();
    if (box.hidden || kept.value || (event.submitter && event.submitter.name === "to")) return;
    event.preventDefault();
    clearTimeout(timer);
    wait.textContent = wait.dataset.sign;
  });
})();
