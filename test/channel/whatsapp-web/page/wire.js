/** The line to whoever plays WhatsApp: an exposed function in a test, or the page's own host. */

const heard = new Set()

/** Says something; resolves when it is taken. */
export async function tell(said) {
  if (window.standinTell) return window.standinTell(JSON.stringify(said))
  await fetch('/standin/tell', { method: 'POST', body: JSON.stringify(said) })
}

export function listen(listener) {
  heard.add(listener)
  window.standinHear = (all) => {
    for (const said of all) for (const hear of heard) hear(said)
  }
  if (window.standinTell) return Promise.resolve()
  const line = new EventSource('/standin/line')
  line.onmessage = ({ data }) => window.standinHear(JSON.parse(data))
  return new Promise((resolve) => {
    line.onopen = resolve
  })
}
