// Lists: choosing all rows at once, and how many are chosen. Without it every row has its box all the same.
;(() => {
  const boxes = () => [...document.querySelectorAll('.pick input')]
  const show = () => {
    const bar = document.getElementById('bulk')
    const count = bar?.querySelector('.bulk-count')
    if (!bar || !count) return
    const chosen = boxes().filter((box) => box.checked).length
    count.textContent = chosen > 0 ? count.dataset.count.replace('{n}', chosen) : ''
    const all = bar.querySelector('.bulk-all')
    if (all) all.textContent = chosen === boxes().length ? all.dataset.none : all.dataset.all
  }
  const all = document.querySelector('.bulk-all')
  if (all) {
    all.hidden = false
    all.addEventListener('click', () => {
      const every = boxes().every((box) => box.checked)
      for (const box of boxes()) box.checked = !every
      show()
    })
  }
  document.addEventListener('change', (event) => {
    if (event.target instanceof Element && event.target.closest('.pick')) show()
  })
  // What is fetched again keeps what was chosen.
  let kept = new Set()
  document.addEventListener('htmx:before:swap', () => {
    kept = new Set(boxes().flatMap((box) => (box.checked ? [box.value] : [])))
  })
  document.addEventListener('htmx:after:swap', () => {
    for (const box of boxes()) if (kept.has(box.value)) box.checked = true
    show()
  })
  show()
})()
