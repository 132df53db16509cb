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
     sitemaps only the site's own is asked for, and only by instant navigation. */
  var wanted = false
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
    if (/\/search_index\.json$/.test(address) && !wanted) held.push(this)
    else if (!/\/sitemap\.xml$/.test(address) || (instant && address === root + "sitemap.xml")) sendRequest.call(this, body)
  }

  /* Stands in for the worker until it is wanted: keeps what it is told, passes on what it answers. */
  var RealWorker = window.Worker
  var waiting = []
  function LateWorker(address) {
    var late = document.createDocumentFragment() /* an EventTarget that every browser can make */
    var told = []
    var worker = null
    late.postMessage = function (message) { worker ? worker.postMessage(message) : told.push(message) }
    late.terminate = function () { if (worker) worker.terminate() }
    function start() {
      worker = new RealWorker(address)
      worker.onmessage = function (event) { late.dispatchEvent(new MessageEvent("message", { data: event.data })) }
      told.splice(0).forEach(late.postMessage)
    }
    wanted ? start() : waiting.push(start)
    return late
  }
  window.Worker = function (address, options) {
    return /\/workers\/search\./.test(String(address)) ? LateWorker(address) : new RealWorker(address, options)
  }

  function release() {
    wanted = true
    held.splice(0).forEach(function (one) { sendRequest.call(one) })
    waiting.splice(0).forEach(function (start) { start() })
  }

  /* -------------------------------------------------------------------------------------- search
     Material opens its dialog from a label; here it is a button, and the keyboard. When it closes, the focus goes back to
     where it was. Tab stays inside (Material would close the dialog and leave the focus nowhere); the arrows go through
     what was found. */
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
    var stops = Array.prototype.filter.call(dialog.querySelectorAll("input, button, a[href], summary, [tabindex]"), function (one) {
      return one.tabIndex >= 0 && one.getClientRects().length
    })
    var first = stops[0], last = stops[stops.length - 1], focus = document.activeElement
    event.stopPropagation()
    if (!dialog.contains(focus) || (event.shiftKey ? focus === first : focus === last)) {
      event.preventDefault()
      ;(event.shiftKey ? last : first).focus()
    }
  }

  if (toggle && query) {
    toggle.addEventListener("change", function () {
      release()
      document.querySelectorAll("[data-digest-search]").forEach(function (button) { button.setAttribute("aria-expanded", toggle.checked) })
      if (!toggle.checked && opener) { opener.focus(); opener = null }
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
    var now = new Date()
    var names = {}
    names[dayOf(new Date(now - 864e5))] = given.yesterday
    names[dayOf(now)] = given.today
    document.querySelectorAll(".dg-meta > time").forEach(function (time) {
      var text = time.firstChild
      var moment = time.getAttribute("datetime")
      var name = names[moment.length === 10 ? moment : dayOf(new Date(moment))]
      if (!name || !text || text.nodeType !== 3 || time.title) return
      time.title = text.data
      text.data = time.dataset.clock ? name + ", " + time.dataset.clock : name
    })
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
  if (instant) {
    document.addEventListener("DOMContentLoaded", function () {
      if (window.document$) window.document$.subscribe(function () { place(); nameDays() })
    })
  }
})()
