// Single letters for whoever works by keyboard: off while one types, and off altogether for whoever wants them so.
;(() => {
  const main = document.querySelector('main')
  const rows = () => [...document.querySelectorAll('#list a.row')]
  const typing = (it) => it.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(it.tagName)

  function step(by) {
    const all = rows()
    const focused = all.indexOf(document.activeElement)
    const open = all.findIndex((row) => row.getAttribute('aria-current') === 'true')
    // Beside an open request one goes to the next; in a list the focus goes, and Enter opens.
    if (open >= 0) all[open + by]?.click()
    else all[Math.max(0, Math.min(focused + by, all.length - 1))]?.focus()
  }
  const formOf = (act) =>
    [...document.querySelectorAll('.acts form')].find((form) =>
      new URL(form.action).pathname.endsWith(`/${act}`),
    )
  function open(act) {
    const link = document.querySelector(`.act-menu a[href*="/${act}"]`)
    const fold = (link ?? formOf(act))?.closest('details')
    if (!fold) return
    fold.open = true
    if (link) return link.click()
    fold.querySelector('select, textarea, input:not([type=hidden])')?.focus()
  }
  async function help() {
    const shown = document.getElementById('key-help')
    if (shown) return shown.remove()
    const before = document.activeElement
    const answer = await fetch('/console/keys', { headers: { 'hx-request': 'true' } }).catch(() => undefined)
    if (!answer?.ok) return location.assign('/console/keys')
    const sheet = new DOMParser()
      .parseFromString(await answer.text(), 'text/html')
      .getElementById('key-sheet')
    if (!sheet) return
    const dialog = document.createElement('dialog')
    dialog.id = 'key-help'
    dialog.setAttribute('aria-labelledby', 'key-sheet')
    const close = document.createElement('button')
    close.className = 'button button-small'
    close.textContent = main.dataset.close
    close.addEventListener('click', () => dialog.close())
    dialog.append(sheet, close)
    dialog.addEventListener('close', () => {
      dialog.remove()
      before?.focus?.()
    })
    document.body.append(dialog)
    dialog.showModal()
  }

  const commands = {
    j: () => step(1),
    k: () => step(-1),
    u: () => document.querySelector('.back')?.click(),
    t: () => formOf('take')?.requestSubmit(),
    r: () => document.querySelector('#answer textarea')?.focus(),
    n: () => open('note'),
    h: () => open('hand-over'),
    c: () => open('close'),
    z: () => open('snooze'),
    m: () => document.querySelector('#counts a[href="/console/for-me"]')?.click(),
    '/': () => document.querySelector('.find input:not([type=hidden])')?.focus(),
    '?': help,
  }
  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (typing(target)) {
      // Out of the field, so that letters are commands again.
      if (key === 'Escape' && target.closest('#answer, .find')) target.blur()
      return
    }
    if (main?.dataset.keys !== 'on' || document.querySelector('dialog[open], .act-menu .htmx-request')) return
    const command = Object.hasOwn(commands, key) ? commands[key] : undefined
    if (!command) return
    event.preventDefault()
    void command()
  })
})()
