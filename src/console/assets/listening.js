// Listening by keyboard: space plays, a digit goes to a choice, Enter takes it. Off with the other single keys.
;(() => {
  const place = document.querySelector('[data-listening]')
  if (!place || document.querySelector('main')?.dataset.keys === 'off') return
  const busy = 'input:not([type=range]), textarea, select, button, a, summary'
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const at = document.activeElement
    const choosing = at instanceof HTMLElement && at.dataset.digit !== undefined
    if (at instanceof Element && at.matches(busy) && !choosing) return
    if (event.key === ' ') {
      place.querySelector('.player-play')?.click()
      event.preventDefault()
    } else if (/^\d$/.test(event.key)) {
      place.querySelector(`[data-digit="${event.key}"]`)?.focus()
    }
  })
})()
