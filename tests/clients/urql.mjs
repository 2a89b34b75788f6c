// urql: operations by GET and POST, a cache by document and variables, a list of things by id, errors with their codes.
import assert from 'node:assert/strict'
import { Client, cacheExchange, fetchExchange, gql } from '@urql/core'
import { counted, requests, url } from './scenario.mjs'

const client = new Client({ url, exchanges: [cacheExchange, fetchExchange], fetch: counted, preferGetMethod: 'within-url-limit' })

const PARTNERS = gql`
  query Partners($id: ID!, $by: [CollaborationOrder!], $measure: CentralityMeasure!) {
    actor(id: $id) {
      __typename
      name(language: EN)
      centrality(measure: $measure)
      collaborators(first: 5, orderBy: $by) {
        totalCount
        edges {
          strength
          node {
            name
          }
        }
      }
      collaboratorsAggregate(groupBy: [HELIX]) {
        helix
        count
      }
    }
  }
`
const variables = { id: 'actor:goteborgs-stad', by: [{ strength: 'DESC' }], measure: 'DEGREE' }
const { data, error } = await client.query(PARTNERS, variables)
assert.equal(error, undefined)
assert.equal(data.actor.__typename, 'Municipality')
const strengths = data.actor.collaborators.edges.map(({ strength }) => strength)
assert.deepEqual(strengths, strengths.toSorted((one, other) => other - one))
const counted_ = data.actor.collaboratorsAggregate.reduce((sum, { count }) => sum + count, 0)
assert.equal(counted_, data.actor.collaborators.totalCount)

assert.equal(requests, 1)
await client.query(PARTNERS, variables)
assert.equal(requests, 1)
await client.query(PARTNERS, { ...variables, id: 'actor:ale-kommun' })
assert.equal(requests, 2)

const wrong = await client.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id names } }', { ids: ['actor:ale-kommun'] })
assert.match(wrong.error.message, /Cannot query field 'names' on type 'Node'/)
const costly = await client.query('query { actors(first: 2000) { nodes { id } } }', {})
assert.equal(costly.error.graphQLErrors[0].extensions.code, 'BAD_PAGE')
