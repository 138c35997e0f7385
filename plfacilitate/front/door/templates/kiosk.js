(function () {
  var body = document.body, home = body.dataset.home, seconds = Number(body.dataset.back), q = document.getElementById("q"), timer;
  function begin() {
    clearTimeout(timer);
    var typed = q && q.value !== q.defaultValue, wait = typed ? Math.max(seconds, 30) : seconds;
    if (wait) timer = setTimeout(function () { location.replace(home); }, wait * 1000);
  }
  ["input", "pointerdown", "keydown"].forEach(function (name) { document.addEventListener(name, begin); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.replace(home); else begin(); });
  if (q) document.addEventListener("click", function (event) { if (event.target === document.documentElement || event.target === body) q.focus(); });
})();
