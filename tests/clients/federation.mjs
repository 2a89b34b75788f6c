// Apollo Federation 2: the subgraph that the server says it is composes with another, which adds to its things.
import assert from 'node:assert/strict'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { url } from './scenario.mjs'

async function asked(query, variables) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const { data, errors } = await answer.json()
  assert.equal(errors, undefined, JSON.stringify(errors))
  return data
}

const { sdl } = (await asked('{ _service { sdl } }'))._service
// What a router sends after it has asked the other for permits: all holders and places in one request.
const representations = [
  { __typename: 'Business', id: 'actor:volvo-group' },
  { __typename: 'Municipality', id: 'actor:goteborgs-stad' },
  { __typename: 'Business', id: 'actor:none' },
]
const text = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Business { name } ... on Municipality { code } }
}`
const { _entities } = await asked(text, { representations })
assert.equal(_entities.length, 3)
assert.equal(_entities[1].code, '1480')
assert.equal(_entities[2], null)

// Last, since it takes seconds in which no connection is looked after.
const permits = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { permits: [Permit!]! }
  type Permit @key(fields: "number") { number: ID! holder: Business! at: Municipality! }
  type Business @key(fields: "id") { id: ID! permits: [Permit!]! }
  type Municipality @key(fields: "id", resolvable: false) { id: ID! }
`
const { errors, supergraphSdl } = composeServices([
  { name: 'samverkan', typeDefs: parse(sdl), url },
  { name: 'permits', typeDefs: parse(permits), url: 'http://localhost/permits' },
])
assert.equal(errors, undefined, JSON.stringify(errors?.map(({ message }) => message)))
assert.match(supergraphSdl, /type Business implements Actor & Node[^{]*@join__type\(graph: PERMITS, key: "id"\)/)
