// The menu of acts: a form that was fetched gets the focus, a button leads back to the others.
;(() => {
  const place = () => document.getElementById('act')
  const first = 'select, textarea, input:not([type=hidden]), button[type=submit]'
  let asked = false

  document.addEventListener('click', (event) => {
    if (event.target.closest('.act-menu a')) asked = true
    if (!event.target.closest('[data-act-back]')) return
    place()?.replaceChildren()
    document.querySelector('.act-menu a')?.focus()
  })
  document.addEventListener('htmx:after:swap', () => {
    if (!asked || !place()?.querySelector('form')) return
    asked = false
    place().querySelector(first).focus()
  })
})()
