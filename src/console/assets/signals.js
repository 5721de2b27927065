// Says that something new came to whoever asked to be told and is not looking: two soft tones, and a notice without a
// word of content. Of several open pages one speaks, and none while one of them is in front.
;(() => {
  const main = document.querySelector('main')
  const wanted = main?.dataset.signals
  let sound
  let news = false

  const wake = () => {
    if (typeof AudioContext === 'undefined') return
    sound ??= new AudioContext()
    return sound.resume()
  }
  const tone = (at, pitch) => {
    const wave = sound.createOscillator()
    const volume = sound.createGain()
    wave.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.06, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.22)
    wave.connect(volume).connect(sound.destination)
    wave.start(at)
    wave.stop(at + 0.25)
  }
  const ring = () => {
    if (sound?.state !== 'running') return
    tone(sound.currentTime, 587)
    tone(sound.currentTime + 0.16, 784)
    document.documentElement.dataset.rang = String(Number(document.documentElement.dataset.rang ?? 0) + 1)
  }

  // The tab says how many requests are the reader's own, and that something came since they looked.
  const retitle = () => {
    const mine = Number(document.getElementById('counts')?.dataset.mine ?? 0)
    const bare = document.title.replace(/^(?:• )?(?:\(\d+\) )?/, '')
    document.title = `${news ? '• ' : ''}${mine > 0 ? `(${mine}) ` : ''}${bare}`
  }
  document.addEventListener('htmx:after:swap', retitle)

  const inFront = () => !document.hidden && document.hasFocus()
  const alone = async (work) => {
    if (!navigator.locks) return work()
    // A page in front takes the turn and says nothing; the others wait a moment for it.
    if (!inFront()) await new Promise((resolve) => setTimeout(resolve, 200))
    await navigator.locks.request('baro-call', { ifAvailable: true }, async (lock) => {
      if (!lock) return
      work()
      await new Promise((resolve) => setTimeout(resolve, 1500))
    })
  }
  const tell = () => {
    if (inFront()) return
    ring()
    if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
    const notice = new Notification('Baro', { body: wanted, tag: 'baro', silent: true })
    notice.addEventListener('click', () => {
      window.focus()
      notice.close()
    })
  }
  main?.addEventListener('call', () => {
    if (!inFront()) {
      news = true
      retitle()
    }
    if (wanted) void alone(tell)
  })
  const seen = () => {
    if (!news || !inFront()) return
    news = false
    retitle()
  }
  addEventListener('focus', seen)
  addEventListener('visibilitychange', seen)
  if (!wanted) return
  // Browsers let a page sound once somebody has touched it.
  addEventListener('pointerdown', () => void wake(), { once: true })
  addEventListener('keydown', () => void wake(), { once: true })

  const place = document.getElementById('signal-try')
  if (!place) return
  place.hidden = false
  place.addEventListener('click', async (event) => {
    const what = event.target.dataset.try
    if (what === 'sound') {
      await wake()
      ring()
    }
    if (what === 'notice' && typeof Notification !== 'undefined') {
      const answer = await Notification.requestPermission()
      const state = place.querySelector('[role=status]')
      state.textContent = answer === 'granted' ? state.dataset.granted : state.dataset.denied
    }
  })
})()
