// How long a text is, while it is written: characters, and what they weigh on the way. Without scripts it stands there
// since the page was made.
;(() => {
  document.addEventListener('input', ({ target: field }) => {
    if (!(field instanceof HTMLTextAreaElement) || field.dataset.length === undefined) return
    const told = document.getElementById(field.getAttribute('aria-describedby') ?? '')
    if (!told) return
    const free = told.nextElementSibling?.textContent ?? ''
    const bytes = new TextEncoder().encode(`${field.value}\n\n${free}`).length
    told.textContent = field.dataset.length.replace('{n}', field.value.length).replace('{bytes}', bytes)
    told.classList.toggle('campaign-long', field.value.length > Number(field.dataset.most))
  })
})()
