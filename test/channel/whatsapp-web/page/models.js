/** The part of Backbone that WhatsApp's page is built of, as far as the library touches it. */

export function hidden(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false })
}

export class Emitter {
  constructor() {
    hidden(this, 'listeners', new Map())
  }

  on(names, listener) {
    for (const name of names.split(' ')) {
      this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener])
    }
    return this
  }

  off(names, listener) {
    for (const name of names.split(' ')) {
      const left = (this.listeners.get(name) ?? []).filter(
        (one) => one !== listener && one.inner !== listener,
      )
      this.listeners.set(name, left)
    }
    return this
  }

  once(name, listener) {
    const outer = (...values) => {
      this.off(name, outer)
      listener(...values)
    }
    outer.inner = listener
    return this.on(name, outer)
  }

  trigger(name, ...values) {
    for (const listener of this.listeners.get(name) ?? []) listener(...values)
  }
}

export class Model extends Emitter {
  constructor(attributes) {
    super()
    hidden(this, 'collection', null)
    Object.assign(this, attributes)
  }

  set(attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      const before = this[name]
      if (before === value) continue
      this[name] = value
      for (const hearer of [this, this.collection]) hearer?.trigger(`change:${name}`, this, value, before)
    }
    for (const hearer of [this, this.collection]) hearer?.trigger('change', this)
  }

  serialize() {
    return { ...this }
  }

  /** Exposed functions make JSON of what they are given. */
  toJSON() {
    return this.serialize()
  }
}

export class Collection extends Emitter {
  /** `make` finds what is not there yet. */
  constructor(make) {
    super()
    this.models = new Map()
    this.make = make
  }

  get(id) {
    return this.models.get(typeof id === 'string' ? id : id?._serialized)
  }

  async find(id) {
    return this.get(id) ?? this.make?.(id)
  }

  add(model) {
    const known = this.get(model.id)
    if (known) return known
    model.collection = this
    this.models.set(model.id._serialized, model)
    this.trigger('add', model)
    return model
  }

  getModelsArray() {
    return [...this.models.values()]
  }
}
