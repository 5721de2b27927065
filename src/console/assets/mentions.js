// Completes the name of a colleague after an @ in a note: only of those who may see the request.
;(() => {
  const folded = (text) =>
    text
      .normalize('NFD')
      .replace(/\p{Diacritic}/gu, '')
      .toLowerCase()
  const begun = (field) => /@([^@\n]{0,40})$/.exec(field.value.slice(0, field.selectionStart))?.[1]
  const known = new Map()

  async function colleagues(address) {
    if (!known.has(address)) {
      const answer = await fetch(address, { headers: { 'hx-request': 'true' } })
      if (!answer.ok) throw new Error(String(answer.status))
      known.set(
        address,
        new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('mention-choices'),
      )
    }
    return known.get(address)
  }
  const hide = (place) => place.querySelector('.mention-choices')?.remove()

  async function offer(place, field) {
    const word = begun(field)
    if (word === undefined) return hide(place)
    const all = await colleagues(place.dataset.mention).catch(() => undefined)
    if (!all || begun(field) !== word) return
    const list = all.cloneNode(true)
    for (const choice of list.querySelectorAll('.mention-choice')) {
      const fits = folded(choice.dataset.name)
        .split(/\s+/)
        .some((_, n, parts) => parts.slice(n).join(' ').startsWith(folded(word)))
      if (!fits) choice.closest('li').remove()
    }
    hide(place)
    // A name that stands there whole needs no more help.
    if (
      list.children.length > 0 &&
      !known.get(place.dataset.mention).querySelector(`[data-name="${CSS.escape(word.trim())}"]`)
    )
      place.append(list)
  }
  function choose(choice) {
    const place = choice.closest('[data-mention]')
    const field = place.querySelector('textarea')
    const from = field.selectionStart - begun(field).length
    field.setRangeText(`${choice.dataset.name} `, from, field.selectionStart, 'end')
    hide(place)
    field.focus()
  }

  document.addEventListener('input', (event) => {
    const place = event.target.closest?.('[data-mention]')
    if (place) void offer(place, event.target)
  })
  document.addEventListener('click', (event) => {
    const choice = event.target.closest?.('.mention-choice')
    if (choice) choose(choice)
  })
  document.addEventListener(
    'keydown',
    (event) => {
      const place = event.target.closest?.('[data-mention]')
      const list = place?.querySelector('.mention-choices')
      if (!list) return
      const choices = [...list.querySelectorAll('.mention-choice')]
      const at = choices.indexOf(document.activeElement)
      if (event.key === 'Escape') {
        // The list goes, the note stays open.
        event.stopImmediatePropagation()
        hide(place)
        place.querySelector('textarea').focus()
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault()
        const next = choices[at + (event.key === 'ArrowDown' ? 1 : -1)]
        if (next) next.focus()
        else place.querySelector('textarea').focus()
      } else if (event.key === 'Enter' && at < 0) {
        event.preventDefault()
        choose(choices[0])
      }
    },
    true,
  )
})()
