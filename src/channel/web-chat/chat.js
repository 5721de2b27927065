// The web chat with scripts on: sends in place, fetches the thread when nudged, records voice.
// Without it the same page works as plain forms.
;(() => {
  const find = (id) => document.getElementById(id)
  const say = find('say')
  const thread = find('thread')
  const note = find('note')
  const words = find('words').dataset
  const box = say.elements.text
  const longestVoice = 300
  let tag = ''
  let sending = false
  let looks = 0
  let seen = 0
  document.documentElement.classList.add('js')

  function tell(text, calm) {
    const end = atEnd()
    note.textContent = text
    note.hidden = !text
    note.className = calm ? 'calm' : ''
    if (end) toEnd()
  }

  const atEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 120

  function toEnd() {
    scrollTo(0, document.documentElement.scrollHeight)
  }

  function grow() {
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight + 2}px`
  }

  // Changes only the lines that differ, so that reading, focus and screen readers are left alone.
  function show(html) {
    const fresh = document.createElement('ol')
    fresh.innerHTML = html
    const near = atEnd()
    const count = fresh.children.length
    ;[...fresh.children].forEach((line, index) => {
      const old = thread.children[index]
      if (!old) thread.append(line)
      else if (old.outerHTML !== line.outerHTML) old.replaceWith(line)
    })
    while (thread.children.length > count) thread.lastElementChild.remove()
    if (near) toEnd()
  }

  // An older look that comes later must not stand over a newer one.
  async function refresh() {
    const look = ++looks
    try {
      const answer = await fetch('/chat/thread', { headers: tag ? { 'if-none-match': tag } : {} })
      const html = answer.status === 200 ? await answer.text() : ''
      if (look < seen) return
      seen = look
      if (!html) return
      tag = answer.headers.get('etag') || ''
      show(html)
    } catch {
      // The line is down; the next nudge or tick tries again.
    }
  }

  // What fails leaves words and one-time key in place: a second try is no second message.
  async function post(form, data) {
    if (sending) return false
    sending = true
    tell(words.sending, true)
    try {
      const answer = await fetch('/chat', {
        method: 'POST',
        body: data,
        headers: { accept: 'application/json' },
      })
      const told = await answer.json()
      if (told.key) form.elements.key.value = told.key
      tell(told.note || '')
      if (answer.ok) await refresh()
      if (answer.ok) toEnd()
      return answer.ok
    } catch {
      tell(words.lost)
      return false
    } finally {
      sending = false
    }
  }

  async function sendWords() {
    const sent = box.value
    if (!sent.trim() && !say.elements.file.files.length) return
    if (await post(say, new FormData(say))) {
      if (box.value === sent) box.value = ''
      say.elements.file.value = ''
      grow()
    }
    box.focus()
  }

  say.addEventListener('submit', (event) => {
    event.preventDefault()
    void sendWords()
  })
  say.elements.file.addEventListener('change', sendWords)
  box.addEventListener('input', grow)
  box.addEventListener('keydown', (event) => {
    if (
      event.key !== 'Enter' ||
      event.shiftKey ||
      event.isComposing ||
      !matchMedia('(pointer: fine)').matches
    )
      return
    event.preventDefault()
    void sendWords()
  })
  find('choose').addEventListener('submit', (event) => {
    event.preventDefault()
    const data = new FormData(event.target)
    if (event.submitter) data.set('choice', event.submitter.value)
    void post(event.target, data)
  })

  // Voice: one press to begin, one to send. Chrome records webm, Firefox ogg, Safari mp4; all three are taken.
  const kinds = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4']
  const kind = self.MediaRecorder && kinds.find((it) => MediaRecorder.isTypeSupported(it))
  let end
  async function record() {
    if (end) return
    end = () => {}
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    } catch {
      end = undefined
      return tell(words.silent)
    }
    const pieces = []
    const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 24000 })
    const began = Date.now()
    const seconds = () => Math.round((Date.now() - began) / 1000)
    const ticking = setInterval(() => {
      const now = seconds()
      find('elapsed').textContent = `${Math.floor(now / 60)}:${String(now % 60).padStart(2, '0')}`
      if (now >= longestVoice) end(true)
    }, 500)
    end = (keep) => {
      const lasted = seconds()
      end = undefined
      clearInterval(ticking)
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop()
        if (keep) void sendVoice(new Blob(pieces, { type: kind }), lasted)
      }
      recorder.stop()
      find('recording').hidden = true
      find('speak').focus()
    }
    recorder.ondataavailable = (event) => pieces.push(event.data)
    recorder.start()
    tell('')
    find('elapsed').textContent = '0:00'
    find('recording').hidden = false
    find('finish').focus()
  }

  // A note that could not be sent goes with the next press on the microphone.
  let unsent
  async function sendVoice(sound, seconds) {
    const data = new FormData()
    data.set('key', say.elements.key.value)
    data.set('seconds', String(Math.max(1, seconds)))
    data.set('voice', sound, 'voice')
    unsent = (await post(say, data)) ? undefined : () => sendVoice(sound, seconds)
  }

  if (kind && navigator.mediaDevices) {
    find('speak').hidden = false
    find('speak').addEventListener('click', () => (unsent ? unsent() : record()))
    find('cancel').addEventListener('click', () => end?.(false))
    find('finish').addEventListener('click', () => end?.(true))
  }

  if (self.EventSource) {
    const line = new EventSource('/chat/live')
    line.addEventListener('said', refresh)
    line.addEventListener('open', refresh)
  }
  // Where another process answers, or the line is refused, looking now and then is enough.
  setInterval(() => document.hidden || refresh(), 10000)
  document.addEventListener('visibilitychange', () => document.hidden || refresh())
  toEnd()
})()
