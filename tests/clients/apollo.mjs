// Apollo Client: things of an interface lie in the cache once, whatever led to them; pages are merged; what is known is not asked again.
import assert from 'node:assert/strict'
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import { filter, firstValueFrom } from 'rxjs'
import { counted, othersWrite, requests, url } from './scenario.mjs'

const introspection = await counted(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ __schema { types { kind name possibleTypes { name } } } }' }),
})
const { types } = (await introspection.json()).data.__schema
const possibleTypes = Object.fromEntries(
  types.filter((type) => type.possibleTypes).map((type) => [type.name, type.possibleTypes.map(({ name }) => name)]),
)

const client = new ApolloClient({
  link: new HttpLink({ uri: url, fetch: counted }),
  cache: new InMemoryCache({
    possibleTypes,
    typePolicies: { Query: { fields: { actors: relayStylePagination(['where', 'orderBy']) } } },
  }),
})

const PAGE = gql`
  query Page($first: Int!, $after: String, $where: ActorWhere, $orderBy: [ActorOrder!]) {
    actors(first: $first, after: $after, where: $where, orderBy: $orderBy) {
      edges {
        cursor
        node {
          id
          name
          ...Kind
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  fragment Kind on Actor {
    kind
    ... on Municipality {
      code
    }
    ... on Business {
      employees
    }
  }
`
const variables = { first: 8, where: { kind: { eq: 'MUNICIPALITY' } }, orderBy: [{ name: 'ASC' }] }

const pages = client.watchQuery({ query: PAGE, variables })
let { data } = await firstValueFrom(pages.pipe(filter(({ dataState }) => dataState === 'complete')))
const watching = pages.subscribe(() => {})
await othersWrite()
for (let page = data.actors.pageInfo, read = 1; page.hasNextPage; read += 1) {
  assert.ok(read < 10)
  page = (await pages.fetchMore({ variables: { after: page.endCursor } })).data.actors.pageInfo
}
data = client.readQuery({ query: PAGE, variables })
watching.unsubscribe()
const ids = data.actors.edges.map(({ node }) => node.id)
assert.ok(ids.length > variables.first)
assert.equal(new Set(ids).size, ids.length)
assert.ok(ids.includes('actor:goteborgs-stad'))

// By another way to the same thing: found under its type and id, without a request.
const before = requests
const known = client.readFragment({
  id: 'Municipality:actor:goteborgs-stad',
  fragment: gql`
    fragment Known on Actor {
      name
      kind
      ... on Municipality {
        code
      }
    }
  `,
})
assert.equal(known.code, '1480')
await client.query({ query: PAGE, variables })
assert.equal(requests, before)

// An error has its code.
const refused = await client.query({
  query: PAGE,
  variables: { ...variables, after: 'no cursor' },
  fetchPolicy: 'no-cache',
  errorPolicy: 'all',
})
assert.equal(refused.error.errors[0].extensions.code, 'BAD_CURSOR')
