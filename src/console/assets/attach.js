// What goes with an answer: the list of chosen files, and a voice recorded, heard and thrown away as often as one likes.
// Microphone -> tap (a worklet) -> encoder (a worker, loaded on the first press) -> an Ogg file in a field of the form.
;(() => {
  const bitRate = 24000
  const find = (selector) => document.querySelector(`#attach ${selector}`)
  const root = () => document.getElementById('attach')
  const clock = (seconds) =>
    `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
  // The recording under way, and what was on its way when the last answer left.
  let recording
  let left
  let once

  function say(key) {
    find('.attach-say').textContent = key ? (root().dataset[key] ?? '') : ''
  }

  function show(state) {
    find('.attach-recording').hidden = state !== 'recording'
    find('.attach-listen').hidden = state !== 'listen'
    const record = find('.attach-row [data-do="record"]')
    if (record) record.hidden = state !== 'idle' || !canRecord()
  }

  const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && self.AudioWorkletNode)

  function put(input, files) {
    const carrier = new DataTransfer()
    for (const file of files) carrier.items.add(file)
    input.files = carrier.files
  }

  function listFiles() {
    const input = find('input[name="files"]')
    const list = find('.attach-list')
    if (!input) return
    const files = [...input.files]
    list.hidden = files.length === 0
    list.replaceChildren(
      ...files.map((file, place) => {
        const line = document.createElement('li')
        const button = document.createElement('button')
        button.type = 'button'
        button.className = 'button button-small'
        const words = root().dataset.remove.replace('{name}', () => file.name)
        button.setAttribute('aria-label', words)
        button.title = words
        button.textContent = '×'
        button.addEventListener('click', () => {
          put(
            input,
            files.filter((_, other) => other !== place),
          )
          listFiles()
          input.focus()
        })
        const size = root().dataset.kilobytes.replace('{n}', Math.max(1, Math.round(file.size / 1024)))
        line.append(`${file.name}, ${size} `, button)
        return line
      }),
    )
  }

  async function record() {
    if (recording) return
    drop()
    const mine = { samples: 0, pages: [], loud: 0 }
    recording = mine
    say('preparing')
    try {
      mine.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } })
    } catch {
      return fail(mine, 'noMicrophone')
    }
    try {
      await open(mine)
    } catch {
      return fail(mine, 'noEncoder')
    }
    if (recording !== mine) return close(mine)
    say('')
    show('recording')
    find('[data-do="stop"]').focus()
  }

  async function open(mine) {
    const { encoder, tap } = root().dataset
    mine.context = new AudioContext()
    mine.worker = new Worker(encoder)
    const ready = heard(mine.worker, 'ready')
    mine.worker.postMessage({
      command: 'init',
      bufferLength: 4096,
      numberOfChannels: 1,
      originalSampleRate: mine.context.sampleRate,
      encoderApplication: 2048,
      encoderSampleRate: 48000,
      encoderBitRate: bitRate,
    })
    await Promise.all([mine.context.audioWorklet.addModule(tap), ready])
    mine.worker.addEventListener('message', ({ data }) => {
      if (data.message === 'page') mine.pages.push(data.page)
    })
    mine.worker.postMessage({ command: 'getHeaderPages' })
    mine.tap = new AudioWorkletNode(mine.context, 'voice-tap')
    mine.ended = new Promise((resolve) => {
      mine.tap.port.onmessage = ({ data }) => (data === 'end' ? resolve() : take(mine, data))
    })
    mine.source = mine.context.createMediaStreamSource(mine.stream)
    mine.source.connect(mine.tap)
    await mine.context.resume()
  }

  // A worker that never answers, or is not allowed to run, is a recorder that could not be loaded.
  function heard(worker, what) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(reject, 30000)
      worker.addEventListener('error', reject, { once: true })
      worker.addEventListener('message', ({ data }) => {
        if (data.message !== what) return
        clearTimeout(late)
        resolve()
      })
    })
  }

  function take(mine, piece) {
    if (mine.stopping === 'done') return
    let loudest = 0
    for (const value of piece) loudest = Math.max(loudest, Math.abs(value))
    mine.loud = Math.max(mine.loud, loudest)
    mine.samples += piece.length
    mine.worker.postMessage({ command: 'encode', buffers: [piece] })
    if (recording !== mine || mine.stopping) return
    const seconds = mine.samples / mine.context.sampleRate
    find('[data-shows="time"]').textContent = clock(seconds)
    find('meter').value = Math.sqrt(loudest)
    if (seconds >= Number(root().dataset.seconds)) void stop('most')
  }

  async function stop(why) {
    const mine = recording
    if (!mine?.tap || mine.stopping) return
    mine.stopping = true
    mine.tap.port.postMessage('end')
    await mine.ended
    mine.stopping = 'done'
    const done = heard(mine.worker, 'done')
    mine.worker.postMessage({ command: 'done' })
    await done.catch(() => {})
    close(mine)
    if (recording !== mine) return
    recording = undefined
    if (mine.loud < 0.002) {
      show('idle')
      return say('silent')
    }
    listen(new File(mine.pages, 'reponse.ogg', { type: 'audio/ogg' }))
    say(why)
    find('.attach-listen button')?.focus()
  }

  function listen(file) {
    put(find('input[name="voice"]'), [file])
    const player = find('.attach-listen .voice')
    const audio = document.createElement('audio')
    audio.controls = true
    audio.src = URL.createObjectURL(file)
    player.replaceChildren(audio)
    delete player.dataset.playing
    document.dispatchEvent(new CustomEvent('baro:voice'))
    show('listen')
  }

  function drop() {
    const mine = recording
    recording = undefined
    if (mine) close(mine)
    const audio = find('.attach-listen audio')
    if (audio) URL.revokeObjectURL(audio.src)
    find('.attach-listen .voice')?.replaceChildren()
    const input = find('input[name="voice"]')
    if (input) put(input, [])
    say('')
    show('idle')
  }

  function close(mine) {
    for (const track of mine.stream?.getTracks() ?? []) track.stop()
    mine.worker?.terminate()
    if (mine.context && mine.context.state !== 'closed') void mine.context.close()
  }

  function fail(mine, why) {
    close(mine)
    if (recording !== mine) return
    recording = undefined
    show('idle')
    say(why)
  }

  document.addEventListener('click', (event) => {
    const act = event.target.closest?.('#attach [data-do]')?.dataset.do
    if (act === 'record') void record()
    if (act === 'stop') void stop()
    if (act === 'drop') {
      drop()
      find('.attach-row [data-do="record"]')?.focus()
    }
  })
  document.addEventListener('change', (event) => {
    if (event.target.matches?.('#attach input[name="files"]')) listFiles()
  })

  // Nobody sends what they have not heard: the first press on "send" only ends the recording.
  addEventListener(
    'submit',
    (event) => {
      if (!root() || !event.target.contains(root())) return
      if (recording) {
        event.preventDefault()
        event.stopImmediatePropagation()
        return void stop('listenFirst')
      }
      left = {
        files: [...(find('input[name="files"]')?.files ?? [])],
        voice: find('input[name="voice"]')?.files[0],
      }
    },
    true,
  )

  // A fresh form after an answer that went is empty; after one that did not, what was chosen is still there.
  function meet() {
    const it = root()
    if (!it) return
    it.classList.add('with-script')
    if (it.dataset.once === once) return
    const first = once === undefined
    once = it.dataset.once
    if (first) return show('idle')
    drop()
    const files = find('input[name="files"]')
    const kept = document.querySelector('#answer .fault') ? left : undefined
    if (files) put(files, kept?.files ?? [])
    if (kept?.voice) listen(kept.voice)
    listFiles()
    left = undefined
  }
  document.addEventListener('htmx:after:swap', meet)
  meet()
})()
