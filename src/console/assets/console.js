// What htmx cannot do: keep the end of a conversation in sight, say when the line is cut, send with Ctrl and Enter.
;(() => {
  const atEnd = (thread) => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80
  const toEnd = (thread) => {
    thread.scrollTop = thread.scrollHeight
  }
  const find = () => document.querySelector('.exchange .thread')
  const say = (key) => {
    const notice = document.getElementById('notice')
    if (notice) notice.textContent = key ? notice.dataset[key] : ''
  }

  let wasAtEnd = true
  const start = find()
  if (start) {
    toEnd(start)
    // What is new begins at the top when it does not fit; one reads on from there.
    const fresh = start.querySelector('#fresh')
    if (fresh)
      start.scrollTop -= Math.max(0, start.getBoundingClientRect().top - fresh.getBoundingClientRect().top)
    // A window so low that it scrolls as a whole (200 %) opens where one reads and answers as well.
    if (getComputedStyle(start).overflowY === 'visible' && location.hash === '') {
      if (fresh) fresh.scrollIntoView()
      else document.getElementById('answer')?.scrollIntoView({ block: 'end' })
    }
  }

  document.addEventListener('htmx:before:swap', () => {
    const thread = find()
    wasAtEnd = !thread || atEnd(thread)
  })
  document.addEventListener('htmx:after:swap', () => {
    const thread = find()
    if (thread && wasAtEnd) toEnd(thread)
  })

  // After an answer the fresh box takes the place of the one that was sent.
  document.addEventListener('htmx:after:request', (event) => {
    const form = event.target
    const status = event.detail?.ctx?.response?.raw?.status ?? event.detail?.ctx?.response?.status
    if (status === undefined) return
    if (status < 400) say('')
    if (status >= 400 && status !== 422) say('refused')
    if (form instanceof Element && form.id === 'answer') {
      requestAnimationFrame(() => {
        document.querySelector('#answer textarea')?.focus()
        const thread = find()
        if (thread) toEnd(thread)
      })
    }
  })
  // Leaving the page cuts the line as well; nobody needs to be told.
  let leaving = false
  addEventListener('pagehide', () => {
    leaving = true
  })
  document.addEventListener('htmx:error', () => leaving || say('lost'))
  document.addEventListener('htmx:sse:error', () => leaving || say('lost'))
  document.addEventListener('htmx:sse:after:connection', () => say(''))

  document.addEventListener('keydown', (event) => {
    const box = event.target
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    if (box instanceof HTMLTextAreaElement && box.form?.id === 'answer') box.form.requestSubmit()
  })
  // What is looked for changed: what was found for the old wish must not be chosen for the new one.
  document.addEventListener('change', ({ target }) => {
    // A date changes with every key; a list when somebody has chosen.
    const search = target instanceof HTMLSelectElement && target.closest('[data-search]')
    if (search) target.form.requestSubmit(search.querySelector('button'))
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const fold of document.querySelectorAll('.fold[open]')) {
      fold.removeAttribute('open')
      fold.querySelector('summary')?.focus()
    }
  })
})()
