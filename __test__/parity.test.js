'use strict'

// Protects parity with haraka-dsn 1.2.1: each call is made on both packages, and everything that a plugin
// can observe is compared.

const { strict: assert } = require('node:assert')
const { test } = require('./support/runtime')
const { inspect } = require('node:util')
const { INSPECT_FULL, assertParity, observe } = require('./support/parity')
const { coercible } = require('./support/coercions')
const { hasControl } = require('./support/control-characters')
const {
  foreign,
  revoked,
  throwing,
  watched,
  withGetter,
  withReplaced,
} = require('./support/exotic-objects')
const { make: makeValue } = require('./support/blueprint')
const { boundaries } = require('./support/strings')
const {
  OLD_SPELLINGS,
  callOf,
  helpers,
  ACCESSORS,
  ours: DSN,
  original,
} = require('./support/implementations')
const { everything, keys } = require('./support/values')

const statics = ['create', ...helpers]
const ourStatics = [...statics, ...Object.keys(OLD_SPELLINGS)]
const parity = (name, args, call) => assertParity(name, args, call, INSPECT_FULL)

const hasOwn = (object, key) => Reflect.getOwnPropertyDescriptor(object, key) !== undefined

function flagsOf(object, key) {
  const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(object, key)
  return { writable, enumerable, configurable }
}

// The API

test('every static of the original exists, with the same name, length and flags', () => {
  assert.equal(helpers.length, 71)
  for (const key of Reflect.ownKeys(original)) {
    assert.ok(hasOwn(DSN, key), `${String(key)} is missing`)
    assert.deepEqual(flagsOf(DSN, key), flagsOf(original, key), `flags of ${String(key)}`)
  }
  for (const name of statics) {
    assert.equal(typeof DSN[name], 'function', name)
    assert.equal(DSN[name].name, name)
    assert.equal(DSN[name].length, original[name].length, `length of ${name}`)
  }
})

test('a helper has the own properties of a method and no others', () => {
  for (const name of ourStatics) {
    const method = DSN[name]
    const model = original[OLD_SPELLINGS[name] ?? name]
    assert.deepEqual(Reflect.ownKeys(method).sort(), ['length', 'name'], name)
    for (const key of ['length', 'name']) {
      assert.deepEqual(flagsOf(method, key), flagsOf(model, key), `${name}.${key}`)
    }
    assert.equal(Object.getPrototypeOf(method), Function.prototype, name)
    assert.ok(Object.isExtensible(method), name)
  }
})

test('the class is named DSN and has five parameters', () => {
  assert.equal(typeof DSN, 'function')
  assert.equal(DSN.name, original.name)
  assert.equal(DSN.length, original.length)
  assert.equal(Object.getPrototypeOf(DSN), Object.getPrototypeOf(original))
  assert.match(inspect(DSN), /^\[class DSN\]/)
})

test('the class is neither frozen nor sealed, so that plugins can add to it', () => {
  for (const object of [DSN, DSN.prototype]) {
    assert.ok(Object.isExtensible(object))
    assert.ok(!Object.isSealed(object))
    assert.ok(!Object.isFrozen(object))
  }
})

test('no static is enumerable', () => {
  assert.deepEqual(Object.keys(DSN), [])
  const seen = []
  for (const key in DSN) seen.push(key)
  assert.deepEqual(seen, [])
})

test('the prototype has every property of the original, with the same flags', () => {
  for (const key of Reflect.ownKeys(original.prototype)) {
    assert.ok(hasOwn(DSN.prototype, key), `${String(key)} is missing`)
    assert.deepEqual(flagsOf(DSN.prototype, key), flagsOf(original.prototype, key), String(key))
  }
  assert.equal(DSN.prototype.constructor, DSN)
  assert.equal(Object.getPrototypeOf(DSN.prototype), Object.prototype)
  assert.deepEqual(Object.keys(DSN.prototype), [])
  const method = DSN.prototype.toString
  const model = original.prototype.toString
  assert.equal(method.name, 'toString')
  assert.equal(method.length, 0)
  assert.deepEqual(Reflect.ownKeys(method).sort(), Reflect.ownKeys(model).sort())
})

test('the class cannot be called without new', () => {
  parity('DSN', [550, 'x'], (Class, args) => Class(...args))
  parity('DSN.call', [550, 'x'], (Class, args) => Class.call({}, ...args))
})

test('a helper is a method, not a constructor', () => {
  for (const name of ourStatics) {
    const methodOf = (Class) => Class[Class === original ? (OLD_SPELLINGS[name] ?? name) : name]
    parity(`new: ${name}`, ['x', 550], (Class, args) => {
      const method = methodOf(Class)
      return new method(...args)
    })
    // Their messages quote the source text.
    for (const method of [DSN, original].map(methodOf)) {
      assert.throws(() => Reflect.construct(method, []), TypeError, name)
      assert.throws(() => Reflect.construct(Object, [], method), TypeError, name)
      assert.throws(() => class extends method {}, TypeError, name)
      assert.doesNotMatch(String(method), /\[native code\]/)
    }
    assert.equal(inspect(DSN[name]), `[Function: ${name}]`)
  }
})

test('statics can be replaced, deleted and added, as tests and plugins do', () => {
  const stub = () => 'a stub'
  withReplaced(DSN, 'no_such_user', stub, () => {
    assert.equal(DSN.no_such_user(), 'a stub')
    assert.equal(DSN.addr_bad_dest_mbox().reply, original.addr_bad_dest_mbox().reply)
  })
  assert.equal(DSN.no_such_user().reply, original.no_such_user().reply)

  for (const name of ourStatics) {
    const descriptor = Object.getOwnPropertyDescriptor(DSN, name)
    assert.ok(Reflect.deleteProperty(DSN, name), name)
    assert.equal(DSN[name], undefined)
    Object.defineProperty(DSN, name, descriptor)
  }

  DSN.helo_not_ascii = (message) => DSN.create(550, message, 1, 1)
  assert.equal(DSN.helo_not_ascii('no').reply, '5.1.1 no')
  delete DSN.helo_not_ascii
})

/** Calls a function while both classes have another property of that name. */
const inBoth = (objectOf, name, value, run) =>
  withReplaced(objectOf(DSN), name, value, () => withReplaced(objectOf(original), name, value, run))

test('helpers do not depend on replaced statics', () => {
  const itself = (Class) => Class
  for (const replaced of ['create', 'no_such_user']) {
    const refuse = () => assert.fail(`${replaced} was called`)
    inBoth(itself, replaced, refuse, () => {
      for (const name of helpers.filter((other) => other !== 'no_such_user')) {
        parity(name, ['still works'])
      }
    })
  }
})

test('a replaced toString of the prototype is used by results', () => {
  const prototypeOf = ({ prototype }) => prototype
  const replacement = () => 'replaced'
  inBoth(prototypeOf, 'toString', replacement, () => {
    assert.equal(String(DSN.mbox_full()), 'replaced')
    parity('mbox_full', [])
    const dsn = (world) => world.DSN.mbox_full()
    parity('mbox_full', [dsn])
  })
})

test('methods ignore their receiver', () => {
  const receivers = [undefined, null, 0, 'text', Symbol.iterator, {}, [], Object.freeze({})]
  receivers.push(class X {}, Object.prototype)
  receivers.push(new Proxy({}, { get: () => assert.fail('this was read') }))
  for (const name of ourStatics) {
    const call = (Class, args, world) => {
      const method = Class[Class === original ? (OLD_SPELLINGS[name] ?? name) : name]
      return Reflect.apply(method, world.receiver, args)
    }
    for (const receiver of receivers) {
      const detached = (Class, args, world) => call(Class, args, Object.assign(world, { receiver }))
      parity(`detached ${name}`, ['a message', 550], detached)
    }
  }
})

// Arguments

const FEWER_AND_MORE = [
  ...[[], ['a message'], ['a message', 521], ['a message', '521'], ['a message', 'x']],
  ...[['a message', 521, 'x', 7, 1], [undefined], [undefined, 521], [null, null], ['', '']],
  ...[[undefined, undefined, undefined], [['one', 'two']], [['one', 'two'], 250], [[]]],
  [521, 'a message'],
]

// Two codes of which only one has been used already must not be taken for each other.
const SIMILAR_CODES = [
  ...[400, '400', '4e2', '4E2', 4e2, '0x190', '400 ', ' 400', '400\n', '400 x', 400.5, '400.5'],
  ...[4000, '4000', 400n, '40', '+400', '４00', -0, 0, '0', '000', '-0', -400, '', '4', 40, true],
  ...[600, '600', 599, '599', 199, '199', 200, '200', 354, '354', 2 ** 32 + 400, 4.5e2, '4.5e2'],
]

test('a code is used as passed, whatever similar codes were used before', () => {
  const reversed = [...SIMILAR_CODES].reverse()
  for (const code of [...SIMILAR_CODES, ...reversed, ...SIMILAR_CODES]) {
    parity('mbox_full', ['x', code])
    parity('create', [code, 'x', 8, 1])
    parity('new DSN', [code, 'x', 554, 8, 2])
    parity('new DSN', [undefined, 'x', code, 8, 3])
  }
})

for (const name of [...helpers, ...Object.keys(OLD_SPELLINGS)]) {
  test(`${name} behaves like the original for every kind of message and code`, () => {
    for (const args of FEWER_AND_MORE) parity(name, args)
    for (const value of everything) {
      parity(name, [value])
      parity(name, ['a message', value])
    }
  })
}

for (const [name, meant] of Object.entries(OLD_SPELLINGS)) {
  test(`${name}, misspelt in the old guide, is ${meant} with its own name`, () => {
    assert.ok(hasOwn(DSN, name))
    assert.equal(DSN[name].name, name)
    assert.equal(DSN[name].length, original[meant].length)
    assert.deepEqual(flagsOf(DSN, name), flagsOf(original, meant))
    assert.equal(hasOwn(original, name), false)
  })
}

test('messages of every length of interest are passed on', () => {
  for (const value of boundaries) {
    parity('no_such_user', [value])
    parity('mbox_full', [value])
    parity('create', [550, value, 7, 10])
  }
})

test('lines of every length of interest are passed on, among others', () => {
  for (const value of boundaries) {
    const lines = (world) => ['', makeValue(value, world), 'x\n']
    parity('no_such_user', [lines])
  }
})

test('messages of many lines are replies of as many lines', () => {
  // The largest has more lines than a call can have arguments.
  for (const count of [127, 128, 129, 1000, 200_000]) {
    const value = Array(count).fill('second\nline')
    assertParity('no_such_user', [value, '551'])
    assertParity('create', ['x', value, 7, 27])
  }
})

const DEFAULTS = [
  ['create', [550, 'a message', 1, 1]],
  ['create', ['450', ['one', 'two\n'], 7, 27]],
  ['create', [undefined, '', 1, 1]],
  ['new DSN', ['x', 'a message', 450, 1, 1]],
  ['new DSN', [undefined, ['one', 'two\n'], 550, 7, 27]],
  ['new DSN', [undefined, undefined, undefined, 1, 1]],
]

for (const [name, defaults] of DEFAULTS) {
  const title = `${name} with ${JSON.stringify(defaults[1])}`
  test(`${title} behaves like the original for every kind of argument in each position`, () => {
    for (let count = 0; count <= defaults.length; count++) parity(name, defaults.slice(0, count))
    parity(name, [...defaults, 'one too many'])
    for (const position of defaults.keys()) {
      for (const value of [...everything, ...keys]) {
        parity(name, Object.assign([...defaults], { [position]: value }))
      }
    }
  })
}

test('every subject and detail has the same text as the original', () => {
  for (let subject = -1; subject <= 10; subject++) {
    for (let detail = -1; detail <= 40; detail++) {
      parity('create', [550, '', subject, detail])
      parity('create', ['x', ['one', ''], String(subject), String(detail)])
      parity('new DSN', [undefined, 0, 221, subject, detail])
    }
  }
})

test('subject and detail are looked up like JavaScript properties', () => {
  for (const subject of keys) {
    for (const detail of keys) parity('create', [550, '', subject, detail])
  }
})

test('arguments are converted in the order of the original', () => {
  const converted = ['550', 'a message', '1', '2', '3'].map((text) =>
    coercible(['toString'], [text]),
  )
  const [code, message, ...numbers] = converted
  const lines = (world) => [message(world), message(world)]
  const mapped = (world) => {
    const line = message(world)
    return Object.assign([], { map: () => [line] })
  }
  for (const text of [message, lines, mapped]) {
    parity('no_such_user', [text, code])
    parity('create', [code, text, ...numbers])
    parity('new DSN', [code, text, ...numbers])
    parity('new DSN', [undefined, text, ...numbers])
  }
})

test('infinite recursion through a message throws the same error as in the original', () => {
  for (const name of ['mbox_full', 'no_such_user']) {
    for (const wrap of [(value) => value, (value) => [value], (value) => [[value]]]) {
      const { original: theirs } = parity(name, [], (Class) => {
        const endless = { toString: () => String(Class[name](wrap(endless))) }
        return Class[name](wrap(endless))
      })
      assert.ok(theirs.value instanceof RangeError)
    }
  }
})

test('every code from 0 to 6000 is accepted or rejected as in the original', () => {
  for (let code = 0; code <= 6000; code++) {
    assertParity('mbox_full', ['a message', code])
    assertParity('no_such_user', ['a message', String(code)])
  }
})

// Control characters: the only deliberate difference.

const asText = () => '\r\n250 '
const map = () => ['first\r\n', 'second\n', 'third\x7f']

const LEAKS = {
  'a subject': (Class) => Class.create(550, 'text', '1\r\n', 1),
  'a detail': (Class) => Class.create(550, 'text', 1, '1\x7f'),
  'a detail of several lines': (Class) => Class.create(550, ['one', 'two'], 1, '\0'),
  'a subject that is an object': (Class) => Class.create(550, 'text', { toString: asText }, 1),
  'a subject that is an array': (Class) => new Class(550, 'text', 450, ['1\n'], 1),
  'a detail that is a DSN of two lines': (Class, _, world) =>
    Class.create(550, 'x', 1, world.name('the DSN of two lines', Class.mbox_full(['a', 'b']))),
  'an array with an own map': (Class) => Class.no_such_user(Object.assign(['text'], { map })),
}

for (const [route, call] of Object.entries(LEAKS)) {
  test(`control characters in subject and detail never reach the reply: ${route}`, () => {
    const theirs = observe(original, [], call).value.reply
    assert.ok([theirs].flat().some(hasControl), 'the original does not remove them')
    assert.ok(![observe(DSN, [], call).value.reply].flat().some(hasControl))
    parity(route, [], call)
  })
}

test('control characters never reach the reply if Array.prototype.map is patched', () => {
  const map = () => ['first\n', 'second']
  parity('mbox_full', [['a']], (Class, args) =>
    withReplaced(Array.prototype, 'map', map, () => Class.mbox_full(...args)),
  )
})

// Subclasses and other ways of construction

test('a subclass is constructed like a subclass of the original', () => {
  for (const args of [[], [550, 'x', 450, 1, 1], ['451', ['a', 'b'], 0, 7]]) {
    parity('new X', args, (Class, values, world) => {
      class X extends Class {
        before = 'a field'

        constructor(...list) {
          super(...list)
          this.after = this.reply
          this.code = world.name('a code', { code: this.code })
        }

        toString() {
          return `X: ${super.toString()}`
        }
      }
      world.name('the prototype of X', X.prototype)
      return new X(...values)
    })
  }
})

test('a subclass that never calls super throws, unless it returns an object', () => {
  const without = (result) => (Class) => {
    class X extends Class {
      // biome-ignore lint/correctness/noUnreachableSuper: the missing call is what is tested
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: returning an object is allowed
        return result
      }
    }
    return new X()
  }
  parity('new X', [], without(undefined))
  parity('new X', [], without({ reply: 'instead' }))
  parity('new X', [], without('text'))
})

test('inherited statics return a DSN, not an instance of the subclass', () => {
  for (const name of statics) {
    const args = name === 'create' ? [550, 'x', 1, 1] : ['x', 550]
    const call = (Class, values) => {
      class X extends Class {
        constructor() {
          super()
          assert.fail('the subclass was constructed')
        }
      }
      return X[name](...values)
    }
    const { ours } = parity(`X.${name}`, args, call)
    assert.equal(Object.getPrototypeOf(ours.value), DSN.prototype)
  }
})

test('setters of a subclass are called in the order of the assignments', () => {
  for (const message of ['x', ['a', 'b']]) {
    parity('new X', [550, message, 450, 1, 1], (Class, values, world) => {
      class X extends Class {}
      for (const key of ['code', 'msg', 'cls', 'sub', 'det', 'default_msg', 'reply']) {
        const kept = `_${key}`
        Object.defineProperty(X.prototype, key, {
          get() {
            return this[kept]
          },
          set(value) {
            world.log(`set ${key}`)
            this[kept] = value
          },
        })
      }
      world.name('the prototype of X', X.prototype)
      return new X(...values)
    })
  }
})

test('conversions that read and change the instance meet it as in the original', () => {
  for (const isArray of [false, true]) {
    parity('new X', [], (Class, _, world) => {
      let self
      class X extends Class {
        get code() {
          return 550
        }

        set code(_value) {
          self = this
        }
      }
      world.name('the prototype of X', X.prototype)
      const subject = { toString: () => String(7 + 0 * self.det++) }
      const line = { toString: () => world.log(`reply: ${inspect(self.reply)}`) ?? 'text' }
      const message = world.name('message', isArray ? [line, line] : line)
      return new X(550, message, 450, world.name('subject', subject), 1)
    })
  }
})

test('a subclass with a read-only property gets the same error as in the original', () => {
  for (const key of ['code', 'msg', 'cls', 'sub', 'det', 'default_msg', 'reply']) {
    for (const message of ['x', ['a', 'b']]) {
      parity('new X', [550, message, 450, 1, 1], (Class, args) => {
        class X extends Class {}
        Object.defineProperty(X.prototype, key, { get: () => 'read-only' })
        return new X(...args)
      })
      parity('new X', [550, message, 450, 1, 1], (Class, args) => {
        class X extends Class {}
        Object.defineProperty(X.prototype, key, { value: 'read-only', writable: false })
        return new X(...args)
      })
    }
  }
})

const TARGETS = {
  'a function': () => function Target() {},
  'a class': () => class Target {},
  'an unrelated class': () => Map,
  'an array': () => Array,
  'a bound function': (Class) => Class.bind(null),
  'a bound class with a prototype': (Class) =>
    Object.assign(Class.bind(null), { prototype: Object.freeze({ named: 'by hand' }) }),
  'a prototype of null': () => Object.assign(function Target() {}, { prototype: null }),
  'a prototype that is a string': () => Object.assign(function Target() {}, { prototype: 'text' }),
  'a prototype that is an array': () =>
    Object.assign(function Target() {}, { prototype: Array.prototype }),
  'a function of another realm without prototype': () => foreign.withoutPrototype(),
  'an arrow function': () => () => {},
  'a method': () => ({ method() {} }).method,
  undefined: () => undefined,
  'a proxy that is watched': (Class, world) => watched(world, Class),
  'a prototype getter that throws': (Class) =>
    withGetter(Class.bind(null), 'prototype', throwing('no prototype')),
}

for (const [kind, make] of Object.entries(TARGETS)) {
  test(`Reflect.construct with another kind of new.target: ${kind}`, () => {
    for (const args of [[550, 'x', 450, 1, 1], [Symbol.iterator], [undefined, ['a', 'b']]]) {
      parity('Reflect.construct', args, (Class, values, world) => {
        const target = make(Class, world)
        if (typeof target?.prototype === 'object') world.name('its prototype', target.prototype)
        return Reflect.construct(Class, values, target)
      })
    }
  })
}

test('a proxy of the class and a bound class construct a DSN', () => {
  parity('new Proxy', [550, 'x', 450, 1, 1], (Class, args) => new new Proxy(Class, {})(...args))
  parity('new bound', ['x', 450, 1, 1], (Class, args) => new (Class.bind(null, 550))(...args))
})

// Uses of results

// In sloppy mode: in strict mode ours differs, see differences.test.js.
const assignSloppily = new Function('object', 'key', 'value', 'object[key] = value')

function assignAccessors(dsn) {
  for (const name of ACCESSORS) assignSloppily(dsn, name, `my ${name}`)
  return dsn
}

const USES = {
  'it is spread': (dsn) => ({ ...dsn }),
  'it is copied into another object': (dsn) => Object.assign({ first: 1, reply: 'old' }, dsn),
  'it is cloned': (dsn) => structuredClone(dsn),
  'it goes through JSON': (dsn) => JSON.parse(JSON.stringify(dsn)),
  'its entries are read': (dsn) => Object.entries(dsn).flat(3).join(),
  'it is enumerated with for-in': (dsn) => {
    const seen = []
    for (const key in dsn) seen.push(key)
    return seen.join()
  },
  'it is frozen': (dsn) => Object.freeze(dsn),
  'it is sealed': (dsn) => Object.seal(dsn),
  'it is made non-extensible': (dsn) => Object.preventExtensions(dsn),
  'our accessors are assigned to': (dsn) => assignAccessors(dsn),
  'it is frozen and then assigned to': (dsn) => assignAccessors(Object.freeze(dsn)),
  'it is sealed and then assigned to': (dsn) => assignAccessors(Object.seal(dsn)),
  'it is made non-extensible and then assigned to': (dsn) =>
    assignAccessors(Object.preventExtensions(dsn)),
  'it is assigned to and then frozen': (dsn) =>
    assignAccessors(Object.freeze(assignAccessors(dsn))),
  'an object that inherits from it is assigned to': (dsn) =>
    Object.keys(assignAccessors(Object.create(dsn))).join(),
  'its prototype is set to null': (dsn) => Object.setPrototypeOf(dsn, null),
  'its prototype is changed': (dsn) => Object.setPrototypeOf(dsn, Date.prototype),
  'a property is deleted': (dsn) => delete dsn.code && dsn,
  'a property is deleted and set again': (dsn) => {
    const { code } = dsn
    delete dsn.code
    return Object.assign(dsn, { code })
  },
  'properties are overwritten and added': (dsn) =>
    Object.assign(dsn, { code: 1, msg: null, reply: ['x'], extra: 'y' }),
  'a property is made a getter': (dsn) => Object.defineProperty(dsn, 'reply', { get: () => 'got' }),
  'it is concatenated with a string': (dsn) => `550 ${dsn}${dsn + dsn}`,
  // biome-ignore lint/suspicious/noDoubleEquals: the conversion is what is tested
  'it is compared with a string': (dsn) => dsn == String(dsn),
  'it is converted to a number': (dsn) => Number(dsn),
  'it is passed to Array.isArray': (dsn) => Array.isArray(dsn),
  'its tag is read': (dsn) => Object.prototype.toString.call(dsn),
  'its valueOf is called': (dsn) => dsn.valueOf() === dsn,
  'its constructor is called': (dsn) => new dsn.constructor(dsn.code, dsn.msg, 0, 7, 1),
  'it is the prototype of another object': (dsn) => Object.create(dsn),
}

const MAKERS = {
  mbox_full: (Class, message) => Class.mbox_full(message),
  'mbox_full with a code': (Class, message) => Class.mbox_full(message, '452'),
  'mbox_full with an object for a code': (Class, message) => Class.mbox_full(message, [552]),
  no_such_user: (Class, message) => Class.no_such_user(message),
  create: (Class, message) => Class.create(552, message, 2, 2),
  'create of a status that has no text': (Class, message) => Class.create(552, message, 2, 99),
  new: (Class, message) => new Class(552, message, 450, 2, 2),
  'new of a subclass': (Class, message) =>
    new (class DSN extends Class {})(552, message, 450, 2, 2),
}

for (const [use, run] of Object.entries(USES)) {
  test(`a result behaves like the original's when ${use}`, () => {
    for (const [name, make] of Object.entries(MAKERS)) {
      for (const message of [undefined, 'x', 'x\n', 5, ['a', 'b']]) {
        parity(`${name}, ${use}`, [message], (Class, [value], world) => {
          const dsn = world.name('the result', make(Class, value))
          world.name('its prototype', Object.getPrototypeOf(dsn))
          return run(dsn)
        })
      }
    }
  })
}

const RECEIVERS = {
  'an object with a reply': () => ({ reply: 'text' }),
  'an object with lines': () => ({ reply: ['a', 'b'] }),
  'lines of odd values': () => ({ reply: [null, undefined, 1, ['x', 'y'], {}] }),
  'lines with a join of their own': () => ({
    reply: Object.assign(['a'], { join: (glue) => `joined by ${JSON.stringify(glue)}` }),
  }),
  'a Symbol for a line': () => ({ reply: [Symbol('x')] }),
  'a reply that is a number': () => ({ reply: 5 }),
  'no reply': () => ({}),
  'a string': () => 'text',
  'a number': () => 1,
  'an array': () => ['a', 'b'],
  'a reply that is a getter': (world) =>
    withGetter({}, 'reply', world.logging('get reply', ['a', 'b'])),
  'a reply that throws': () => withGetter({}, 'reply', throwing('no reply')),
  'a reply that is a revoked proxy': () => ({ reply: revoked([]) }),
  'a DSN whose reply was replaced': ({ DSN: Class }) =>
    Object.assign(Class.mbox_full(), { reply: ['a', 'b'] }),
  null: () => null,
  undefined: () => undefined,
}

for (const [kind, make] of Object.entries(RECEIVERS)) {
  test(`toString on other receivers behaves like the original: ${kind}`, () => {
    parity('toString', [make], (Class, [receiver]) => Class.prototype.toString.call(receiver))
  })
}

test('a result has the same message and code objects that were passed', () => {
  const message = ['a', 'b']
  const code = new String('550')
  for (const dsn of [
    DSN.mbox_full(message, code),
    DSN.create(code, message),
    new DSN(code, message),
  ]) {
    assert.equal(dsn.msg, message)
    assert.equal(dsn.code, code)
    assert.notEqual(dsn.reply, message)
  }
})

test('every result is a new object with a new reply', () => {
  const message = ['a', 'b']
  const [first, second] = [DSN.mbox_full(message), DSN.mbox_full(message)]
  assert.notEqual(first, second)
  assert.notEqual(first.reply, second.reply)
  first.reply.push('c')
  assert.deepEqual(second.reply, original.mbox_full(message).reply)
  assert.deepEqual(message, ['a', 'b'])
})

test('messages are not modified', () => {
  const lines = Object.freeze(['a\nb', Object.freeze(['c\n'])])
  observe(DSN, [lines], callOf('mbox_full'))
  assert.deepEqual(lines, ['a\nb', ['c\n']])
})
