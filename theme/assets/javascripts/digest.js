/* What HTML and CSS cannot do. Loaded before Material's bundle, which runs the search and, where it is switched on,
   instant navigation. Without this file every page can be read and every link leads where it should. */
(function () {
  "use strict"

  var given = document.currentScript.dataset
  var config = JSON.parse(document.getElementById("__config").textContent)
  var instant = config.features.indexOf("navigation.instant") >= 0
  var root = new URL(config.base, location).href.replace(/\/?$/, "/")

  /* ------------------------------------------------------------------------------------ requests
     Material's bundle (9.8) asks on every page view for the whole search index and the worker that reads it, and for a
     sitemap beside every `link[rel=alternate]`, feeds too. Index and worker are held until somebody searches; of the
     sitemaps only the site's own is asked for, and only by instant navigation. Other scripts get what they ask for. */
  var index = root + "search/search_index.json"
  /* With `search.highlight` the bundle marks the words of `?h=` by means of the index. */
  var wanted = config.features.indexOf("search.highlight") >= 0 && new URLSearchParams(location.search).has("h")
  var held = []
  var request = XMLHttpRequest.prototype
  var openRequest = request.open
  var sendRequest = request.send
  request.open = function (method, address) {
    this.digestAddress = new URL(address, location).href
    return openRequest.apply(this, arguments)
  }
  request.send = function (body) {
    var address = this.digestAddress || ""
    if (address === index && !wanted) held.push(this)
    else if (!isBesideFeed(address)) sendRequest.call(this, body)
    else this.dispatchEvent(new ProgressEvent("error"))
  }
  function isBesideFeed(address) {
    if (!/\/sitemap\.xml$/.test(address) || (instant && address === root + "sitemap.xml")) return false
    return Array.prototype.some.call(document.querySelectorAll("link[rel=alternate]"), function (link) {
      return new URL("sitemap.xml", link.href).href === address
    })
  }

  /* Stands in for the worker until it is wanted: keeps what it is told, passes on what it answers. */
  var RealWorker = window.Worker
  var waiting = []
  function LateWorker(address) {
    var late = document.createDocumentFragment() /* an EventTarget that every browser can make */
    var told = []
    var worker = null
    var ended = false
    late.postMessage = function (message) { worker ? worker.postMessage(message) : told.push(message) }
    late.terminate = function () { ended = true; if (worker) worker.terminate() }
    function start() {
      if (ended) return
      worker = new RealWorker(address)
      worker.onmessage = function (event) { late.dispatchEvent(new MessageEvent("message", { data: event.data })) }
      told.splice(0).forEach(late.postMessage)
    }
    wanted ? start() : waiting.push(start)
    return late
  }
  window.Worker = function (address, options) {
    if (/\/workers\/search\./.test(String(address))) return LateWorker(address)
    return Reflect.construct(RealWorker, [address, options], new.target)
  }
  window.Worker.prototype = RealWorker.prototype

  function release() {
    wanted = true
    held.splice(0).forEach(function (one) { sendRequest.call(one) })
    waiting.splice(0).forEach(function (start) { start() })
  }

  /* -------------------------------------------------------------------------------------- search
     Material opens its dialog from a label; here it is a button, and the keyboard. When it closes, the focus goes back to
     where it was. Tab goes round inside, through what was found (Material would close the dialog and leave the focus
     nowhere). */
  var toggle = document.getElementById("__search")
  var query = document.querySelector("[data-md-component=search-query]")
  var opener = null

  function open(from) {
    opener = from
    if (!toggle.checked) toggle.click()
    query.focus()
    query.select()
  }

  function keepInside(event) {
    var dialog = document.querySelector("[data-md-component=search]")
    var stops = Array.prototype.filter.call(dialog.querySelectorAll("input, a[href], summary"), function (one) {
      return one.getClientRects().length
    })
    var next = stops.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1)
    event.stopPropagation()
    event.preventDefault()
    stops[(next + stops.length) % stops.length].focus()
  }

  /* What the open dialog covers is out of reach of a screen reader, too. */
  function cover(covered) {
    document.querySelectorAll(".dg-mast > :not(.md-search), [data-md-component=container]").forEach(function (one) { one.inert = covered })
  }

  if (toggle && query) {
    toggle.addEventListener("change", function () {
      release()
      cover(toggle.checked)
      document.querySelectorAll("[data-digest-search]").forEach(function (button) { button.setAttribute("aria-expanded", toggle.checked) })
      if (toggle.checked) return
      document.activeElement.blur() /* else it stays on what can no longer be seen */
      if (opener) { opener.focus(); opener = null }
    })
    query.addEventListener("focus", release)
    document.addEventListener("click", function (event) {
      var button = event.target.closest && event.target.closest("[data-digest-search]")
      if (button) open(button)
    })
    /* Before Material's own handler: the closed dialog is hidden, so it could not take the focus. */
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (toggle.checked) {
        if (event.key === "Tab") keepInside(event)
        return
      }
      var target = event.target
      if (target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName || "")) return
      if (event.key === "/" || event.key === "s" || event.key === "f") {
        event.preventDefault()
        event.stopPropagation()
        open(document.activeElement)
      }
    }, true)
  }

  /* ----------------------------------------------------------------------------------------- days
     "Hôm nay" and "hôm qua" depend on the reader's clock, so no page holds them. The date stays in the title. */
  var dayOf
  try {
    var format = new Intl.DateTimeFormat("en-CA", { timeZone: given.zone, year: "numeric", month: "2-digit", day: "2-digit" })
    dayOf = function (moment) { return format.format(moment) }
  } catch (unknownZone) { dayOf = null }

  function nameDays() {
    if (!dayOf) return
    var today = dayOf(new Date())
    var before = new Date(today + "T00:00:00Z")
    before.setUTCDate(before.getUTCDate() - 1)
    var names = {}
    names[before.toISOString().slice(0, 10)] = given.yesterday
    names[today] = given.today
    document.querySelectorAll(".dg-meta > time").forEach(function (time) {
      if (time.closest(".dg-byline")) return /* an article says its date in full */
      var text = time.firstChild
      var moment = time.getAttribute("datetime")
      var name = names[moment.length === 10 ? moment : dayOf(new Date(moment))]
      if (!name || !text || text.nodeType !== 3 || time.title) return
      time.title = text.data
      text.data = time.dataset.clock ? name + ", " + time.dataset.clock : name
    })
  }

  /* Paper is read on another day. */
  function swapDays() {
    document.querySelectorAll(".dg-meta > time[title]").forEach(function (time) {
      var shown = time.firstChild.data
      time.firstChild.data = time.title
      time.title = shown
    })
  }
  window.addEventListener("beforeprint", swapDays)
  window.addEventListener("afterprint", swapDays)

  /* ------------------------------------------------------------------------------------ masthead
     On a phone the sections stand in one line: the present one is moved into sight. And the palette says which of its
     choices holds; Material sets it only once it is changed. */
  function showSection() {
    var current = document.querySelector(".dg-nav [aria-current]")
    var line = current && current.closest("ul")
    if (line && line.scrollWidth > line.clientWidth) line.scrollLeft = current.offsetLeft - line.clientWidth / 3
  }
  function showPalette() {
    var choices = document.querySelectorAll("[data-md-component=palette] input")
    var kept = __md_get("__palette")
    var chosen = choices[kept && kept.index || 0]
    if (chosen) chosen.checked = true
  }

  /* ------------------------------------------------------------------------- instant navigation
     The bar of the masthead stays while pages change below it (Material makes its links absolute): it says anew where the
     reader is. */
  function place() {
    document.querySelectorAll(".dg-bar__links a").forEach(function (link) {
      var here = location.href.split(/[?#]/)[0]
      if (here.indexOf(link.href) !== 0 || /\.\w+$/.test(link.href)) link.removeAttribute("aria-current")
      else link.setAttribute("aria-current", here === link.href ? "page" : "true")
    })
  }

  nameDays()
  showSection()
  showPalette()
  if (instant) {
    document.addEventListener("DOMContentLoaded", function () {
      if (window.document$) window.document$.subscribe(function () { place(); showSection(); nameDays() })
    })
  }
})()
