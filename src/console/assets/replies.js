// Canned replies beside the answer box: looked for as one types, put where the cursor is, the first blank chosen.
;(() => {
  const box = () => document.querySelector('#answer textarea')
  const picker = () => document.querySelector('#answer ~ .reply-picker, .exchange > .reply-picker')
  const opener = () => document.getElementById('reply-open')
  let asked = 0

  async function show(sought) {
    const button = opener()
    if (!button) return
    const turn = ++asked
    const address = new URL(button.href)
    address.searchParams.set('q', sought)
    const answer = await fetch(address, { headers: { 'hx-request': 'true' } }).catch(() => undefined)
    // Without an answer the page of its own is still a way.
    if (!answer?.ok) return location.assign(button.href)
    const part = new DOMParser()
      .parseFromString(await answer.text(), 'text/html')
      .getElementById('reply-picker')
    if (!part || turn !== asked) return
    const open = picker()
    if (open) {
      // The field itself stays in its place, or the cursor would leave it.
      for (const old of [...open.children].slice(1)) old.remove()
      open.append(...[...part.children].slice(1))
    } else {
      document.getElementById('answer').after(part)
      button.setAttribute('aria-expanded', 'true')
      part.querySelector('input').focus()
    }
  }
  function hide() {
    asked += 1
    picker()?.remove()
    opener()?.setAttribute('aria-expanded', 'false')
    box()?.focus()
  }
  function insert(text) {
    const field = box()
    if (!field) return
    const start = field.selectionStart
    field.setRangeText(text, start, field.selectionEnd, 'end')
    hide()
    const hole = /\[[^[\]\n]{1,40} \?\]/.exec(text)
    if (hole) field.setSelectionRange(start + hole.index, start + hole.index + hole[0].length)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    const offer = event.target.closest?.('.exchange .reply-offer')
    if (offer) {
      event.preventDefault()
      insert(offer.dataset.insert)
    } else if (event.target.closest?.('#reply-open')) {
      event.preventDefault()
      if (picker()) hide()
      else void show('')
    }
  })
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('.exchange .reply-search')) return
    event.preventDefault()
    document.querySelector('.exchange .reply-offer')?.click()
  })
  let timer
  document.addEventListener('input', (event) => {
    if (event.target.matches('.exchange .reply-search input')) {
      clearTimeout(timer)
      timer = setTimeout(() => void show(event.target.value), 150)
    }
  })
  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    if (key === '/' && target === box() && /(^|\n)$/.test(target.value.slice(0, target.selectionStart))) {
      event.preventDefault()
      void show('')
      return
    }
    if (!target.closest?.('.exchange .reply-picker')) return
    if (key === 'Escape') {
      event.preventDefault()
      hide()
    }
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return
    event.preventDefault()
    const stops = [picker().querySelector('input'), ...picker().querySelectorAll('.reply-offer')]
    const next = stops.indexOf(target) + (key === 'ArrowDown' ? 1 : -1)
    stops[Math.max(0, Math.min(next, stops.length - 1))].focus()
  })
})()
