// Hands on what the microphone hears, in pieces as long as the encoder takes them.
const pieceLength = 4096

class VoiceTap extends AudioWorkletProcessor {
  constructor() {
    super()
    this.piece = new Float32Array(pieceLength)
    this.filled = 0
    // The last piece is filled up with silence.
    this.port.onmessage = () => {
      if (this.filled > 0) this.pass()
      this.port.postMessage('end')
    }
  }

  process([input]) {
    const sound = input[0]
    if (!sound) return true
    this.piece.set(sound, this.filled)
    this.filled += sound.length
    if (this.filled >= pieceLength) this.pass()
    return true
  }

  pass() {
    this.port.postMessage(this.piece, [this.piece.buffer])
    this.piece = new Float32Array(pieceLength)
    this.filled = 0
  }
}

registerProcessor('voice-tap', VoiceTap)
