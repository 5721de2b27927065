// Two soft tones when an alert comes that nobody has seen, and again each minute until somebody has. A browser that was
// never touched since the page opened stays silent: then it sounds at the first touch.
;(() => {
  const heard = new Set()
  let sound
  const waiting = () => (document.getElementById('alerts')?.dataset.waiting ?? '').split(' ').filter(Boolean)
  const tone = (at, pitch) => {
    const wave = sound.createOscillator()
    const volume = sound.createGain()
    wave.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.2, at + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35)
    wave.connect(volume).connect(sound.destination)
    wave.start(at)
    wave.stop(at + 0.4)
  }
  const ring = async () => {
    if (waiting().length === 0 || typeof AudioContext === 'undefined') return
    sound ??= new AudioContext()
    if (sound.state === 'suspended' && navigator.userActivation?.hasBeenActive === false) return
    await sound.resume()
    tone(sound.currentTime, 660)
    tone(sound.currentTime + 0.25, 880)
  }
  const look = () => {
    const fresh = waiting().filter((id) => !heard.has(id))
    for (const id of fresh) heard.add(id)
    if (fresh.length > 0) void ring()
  }
  look()
  document.addEventListener('htmx:after:swap', look)
  addEventListener('pointerdown', () => void ring(), { once: true })
  addEventListener('keydown', () => void ring(), { once: true })
  setInterval(() => void ring(), 60_000)
})()
