/* What HTML and CSS cannot do. Material's bundle runs the search itself; this opens its dialog from a real
   button and from the keyboard, and puts the focus back where it was. Loaded before the bundle. */
(function () {
  "use strict"

  /* Material's bundle (9.8) fetches a sitemap beside every `link[rel=alternate]`, feeds too: a whole sitemap on
     each page view. Two words mean the same to feed readers and are passed over by its selector. */
  document.querySelectorAll("link[rel=alternate][type='application/atom+xml']").forEach(function (link) {
    link.rel = "alternate feed"
  })

  var toggle = document.getElementById("__search")
  var query = document.querySelector("[data-md-component=search-query]")
  if (!toggle || !query) return
  var opener = null

  /* Material asks for the whole search index on every page view. The request is held until someone searches. */
  var wanted = false
  var held = []
  var request = XMLHttpRequest.prototype
  var openRequest = request.open
  var sendRequest = request.send
  request.open = function (method, address) {
    this.isIndex = /\/search_index\.json$/.test(String(address))
    return openRequest.apply(this, arguments)
  }
  request.send = function (body) {
    if (this.isIndex && !wanted) held.push(this)
    else sendRequest.call(this, body)
  }
  function release() {
    wanted = true
    held.splice(0).forEach(function (one) { sendRequest.call(one) })
  }
  toggle.addEventListener("change", release)
  query.addEventListener("focus", release)

  function open(from) {
    opener = from
    if (!toggle.checked) toggle.click()
    query.focus()
    query.select()
  }

  document.querySelectorAll("[data-digest-search]").forEach(function (button) {
    button.addEventListener("click", function () { open(button) })
  })

  toggle.addEventListener("change", function () {
    if (!toggle.checked && opener) { opener.focus(); opener = null }
  })

  /* Before Material's own handler: the closed dialog is hidden, so it could not take the focus. */
  document.addEventListener("keydown", function (event) {
    var target = event.target
    var typing = target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName || "")
    if (typing || event.ctrlKey || event.metaKey || event.altKey || toggle.checked) return
    if (event.key === "/" || event.key === "s" || event.key === "f") {
      event.preventDefault()
      event.stopPropagation()
      open(document.activeElement)
    }
  }, true)
})()
