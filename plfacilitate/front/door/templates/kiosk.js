(function () {
  var body = document.body, home = body.dataset.home, seconds = Number(body.dataset.back), q = document.getElementById("q"), timer;
  function begin() {
    clearTimeout(timer);
    var typed = q && q.value !== q.defaultValue, wait = typed ? Math.max(seconds, 30) : seconds;
    if (wait) timer = setTimeout(function () { location.replace(home); }, wait * 1000);
  }
  ["input", "pointerdown", "keydown"].forEach(function (name) { document.addEventListener(name, begin); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.replace(home); else begin(); });
  var scan = document.getElementById("scan"), digits = "", last = 0; // a scanner types faster than anybody
  if (scan) document.addEventListener("keydown", function (event) {
    if (event.timeStamp - last > 100) digits = "";
    last = event.timeStamp;
    if (event.key === "Enter" && digits.length > 3) { event.preventDefault(); scan.elements.q.value = digits; scan.submit(); }
    digits = /^[0-9]$/.test(event.key) ? digits + event.key : "";
  });
  if (q) document.addEventListener("click", function (event) { if (event.target === document.documentElement || event.target === body) q.focus(); });
})();
