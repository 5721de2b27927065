// The answer box while somebody writes: drafts are kept by the server, never by the browser (laptops are shared), and
// colleagues see who reads and who writes.
;(() => {
  const pause = 1000
  const slowest = 30000
  const beat = 20000
  const writingBeat = 4000

  const form = () => document.querySelector('form#answer[data-draft]')
  const state = (text) => {
    const place = document.querySelector('.draft-state')
    if (place) place.textContent = text
  }
  const send = (address, fields) =>
    fetch(address, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'hx-request': 'true' },
      // The text still leaves when the page does.
      keepalive: true,
    })

  let timer
  let wait = pause
  // The text that the server has, and the box that it was written in.
  let keptText
  let keptBox
  let saving = false

  const unsaved = () => {
    const it = form()
    if (!it) return false
    if (keptBox !== it.elements.text) {
      keptBox = it.elements.text
      keptText = it.elements.text.defaultValue
    }
    return it.elements.text.value !== keptText
  }
  const soon = (after) => {
    clearTimeout(timer)
    timer = setTimeout(save, after)
  }
  async function save() {
    const it = form()
    if (!it || saving || it.matches('.htmx-request') || !unsaved()) return
    const text = it.elements.text.value
    saving = true
    try {
      const answer = await send(it.dataset.draft, {
        _csrf: it.elements._csrf.value,
        once: it.elements.once.value,
        text,
      })
      if (answer.status === 413) {
        state(document.querySelector('.draft-state').dataset.long)
        keptText = text
      } else if (!answer.ok) throw new Error(String(answer.status))
      else {
        keptText = text
        wait = pause
        const minds = document.getElementById('answer-minds')
        const part = new DOMParser()
          .parseFromString(await answer.text(), 'text/html')
          .getElementById('answer-minds')
        if (part && minds && form() === it) {
          minds.replaceWith(part)
          state(part.dataset.kept ?? '')
        }
      }
    } catch {
      wait = Math.min(wait * 2, slowest)
      state(document.querySelector('.draft-state')?.dataset.waits ?? '')
    }
    saving = false
    if (unsaved()) soon(wait)
  }

  const here = (doing) => {
    const it = form() ?? document.querySelector('.acts form')
    const address = document.getElementById('present')?.dataset.here
    const token = it?.querySelector('[name=_csrf]')?.value
    if (address && token) void send(address, { _csrf: token, doing }).catch(() => {})
  }
  let wroteAt = -writingBeat

  document.addEventListener('input', (event) => {
    if (event.target.form?.id !== 'answer' || event.target.name !== 'text') return
    unsaved()
    soon(pause)
    if (event.timeStamp - wroteAt < writingBeat) return
    wroteAt = event.timeStamp
    here('writing')
  })
  setInterval(() => document.hidden || here('reading'), beat)
  addEventListener('visibilitychange', () => {
    if (document.hidden && unsaved()) void save()
    here(document.hidden ? 'gone' : 'reading')
  })
  addEventListener('pagehide', () => {
    if (unsaved()) void save()
    here('gone')
  })
  addEventListener('online', () => unsaved() && void save())
  addEventListener('beforeunload', (event) => {
    const it = form()
    // Leaving saves as well; only when that did not work before is it worth a question.
    if (it && unsaved() && wait > pause && !it.matches('.htmx-request')) event.preventDefault()
  })
  // What is sent is no draft any more: a save that waits must not bring it back.
  document.addEventListener('submit', (event) => {
    if (event.target.id === 'answer') {
      clearTimeout(timer)
      here('reading')
      wroteAt = event.timeStamp - writingBeat
    }
    if (event.target.id === 'answer-drop') keptText = form()?.elements.text.value
  })
})()
