// A small player over <audio>: play, a bar to move on, the time, the speed. Without it the browser's own controls are there.
;(() => {
  const speeds = [1, 1.25, 1.5, 2]
  const clock = (seconds) =>
    `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
  const words = () => document.querySelector('[data-unplayable]')?.dataset ?? {}
  const pictures = { play: 'M7 4l13 8-13 8z', pause: 'M7 4h4v16H7zM13 4h4v16h-4z' }
  let speed = Number(recall()) || 1

  function recall() {
    try {
      return localStorage.getItem('baro-speed')
    } catch {
      return undefined
    }
  }

  function picture(name) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    svg.setAttribute('viewBox', '0 0 24 24')
    svg.setAttribute('aria-hidden', 'true')
    svg.classList.add('player-sign')
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    path.setAttribute('d', pictures[name])
    svg.append(path)
    return svg
  }

  function make(tag, name, more = {}) {
    return Object.assign(document.createElement(tag), { className: name, ...more })
  }

  function dress(figure) {
    const audio = figure.querySelector('audio')
    if (!audio || figure.dataset.playing) return
    figure.dataset.playing = 'no'
    const { play, pause, position, at, speed: speedWord, unplayable } = words()
    const button = make('button', 'player-play', { type: 'button' })
    const bar = make('input', 'player-bar', { type: 'range', min: '0', step: '0.1', value: '0' })
    const time = make('span', 'player-time figure')
    const fast = make('button', 'player-speed figure', { type: 'button' })
    bar.setAttribute('aria-label', position)
    const known = () =>
      Number.isFinite(audio.duration) && audio.duration > 0
        ? audio.duration
        : Number(audio.dataset.seconds) || 0

    function tell() {
      const length = Math.max(known(), audio.currentTime)
      bar.max = String(length || 1)
      bar.value = String(audio.currentTime)
      bar.parentElement?.style.setProperty('--done', `${length ? (100 * audio.currentTime) / length : 0}%`)
      time.textContent = audio.currentTime > 0 || !audio.paused ? clock(audio.currentTime) : clock(length)
      const sentence = at.replace('{at}', clock(audio.currentTime)).replace('{all}', clock(length))
      bar.setAttribute('aria-valuetext', sentence)
      button.replaceChildren(picture(audio.paused ? 'play' : 'pause'))
      button.setAttribute('aria-label', `${audio.paused ? play : pause}, ${clock(length)}`)
      fast.textContent = `${String(speed).replace('.', document.documentElement.lang === 'fr' ? ',' : '.')}×`
      fast.setAttribute('aria-label', `${speedWord} ${fast.textContent}`)
      audio.playbackRate = speed
    }

    button.addEventListener('click', () => (audio.paused ? audio.play().catch(() => {}) : audio.pause()))
    bar.addEventListener('input', () => {
      audio.currentTime = Number(bar.value)
      tell()
    })
    // One press of an arrow is a few words, not a tenth of a second.
    bar.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -3, ArrowDown: -3, ArrowRight: 3, ArrowUp: 3 }[event.key]
      if (!step) return
      event.preventDefault()
      audio.currentTime = Math.min(known(), Math.max(0, audio.currentTime + step))
      tell()
    })
    fast.addEventListener('click', () => {
      speed = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1
      try {
        localStorage.setItem('baro-speed', String(speed))
      } catch {
        // Remembered as long as the page stands.
      }
      for (const other of document.querySelectorAll('[data-player] audio')) {
        other.dispatchEvent(new Event('baro:speed'))
      }
    })
    audio.addEventListener('play', () => {
      for (const other of document.querySelectorAll('[data-player] audio')) {
        if (other !== audio) other.pause()
      }
    })
    audio.addEventListener('ended', () => {
      audio.currentTime = 0
    })
    audio.addEventListener('error', () => {
      if (audio.src) time.textContent = unplayable
    })
    for (const name of ['play', 'pause', 'timeupdate', 'durationchange', 'seeked', 'baro:speed']) {
      audio.addEventListener(name, tell)
    }
    audio.controls = false
    const row = make('div', 'player')
    const wave = figure.querySelector('.wave')
    const track = make('span', wave ? 'player-track has-wave' : 'player-track')
    if (wave) {
      // The part that was heard is the same picture in another colour, cut off where the bar stands.
      const heard = wave.cloneNode(true)
      heard.classList.add('wave-heard')
      track.append(wave, heard)
    }
    track.append(bar)
    row.append(button, track, time, fast)
    figure.prepend(row)
    tell()
  }

  function dressAll() {
    for (const figure of document.querySelectorAll('[data-player]')) dress(figure)
  }
  document.addEventListener('htmx:after:swap', dressAll)
  document.addEventListener('baro:voice', dressAll)
  // What was written down is kept: its form folds up.
  document.addEventListener('htmx:after:request', (event) => {
    const form = event.target
    const status = event.detail?.ctx?.response?.raw?.status ?? event.detail?.ctx?.response?.status
    if (status === 204 && form instanceof Element && form.hasAttribute('data-folds')) {
      form.closest('details')?.removeAttribute('open')
    }
  })
  dressAll()
})()
