// Relay: the compiler takes the schema; its runtime reads page after page into one connection of its store, while others write;
// a thing is read again by `node`.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import compiler from 'relay-compiler'
import Relay from 'relay-runtime'
import { counted, othersWrite, url } from './scenario.mjs'

const folder = process.env.FOLDER
mkdirSync(join(folder, 'made'))
cpSync('relay', join(folder, 'src'), { recursive: true })
symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
writeFileSync(join(folder, 'package.json'), '{}')
cpSync(process.env.SCHEMA, join(folder, 'schema.graphql'))
const settings = { src: 'src', schema: 'schema.graphql', artifactDirectory: 'made', language: 'javascript', eagerEsModules: false }
writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(settings))
execFileSync(compiler, ['relay.config.json'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
const found = createRequire(join(folder, 'made', 'index.js'))
const made = (name) => found(`./${name}.graphql`)
const [FIRST, NEXT, AGAIN] = ['PagingQuery', 'PagingNextQuery', 'PagingActorQuery'].map(made)

const { Environment, Network, RecordSource, Store, createOperationDescriptor, fetchQuery, getSelector } = Relay
const environment = new Environment({
  network: Network.create(async (request, variables) => {
    const answer = await counted(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: request.text, variables }),
    })
    return answer.json()
  }),
  store: new Store(new RecordSource()),
})
const fetched = (query, variables) => fetchQuery(environment, query, variables).toPromise()

for (const measure of ['DEGREE', 'PAGERANK']) {
  const variables = { first: 300, after: null, measure }
  const operation = createOperationDescriptor(FIRST, variables)
  environment.retain(operation)
  await fetched(FIRST, variables)
  const fragment = made('Paging_query')
  const connection = () => {
    const { data } = environment.lookup(operation.fragment)
    return environment.lookup(getSelector(fragment, data)).data.actors
  }
  let pages = 1
  for (let page = connection().pageInfo; page.hasNextPage; page = connection().pageInfo, pages += 1) {
    assert.ok(pages < 10)
    await othersWrite()
    await fetched(NEXT, { ...variables, after: page.endCursor })
  }
  const ids = connection().edges.map(({ node }) => node.id)
  assert.ok(pages > 2)
  assert.equal(new Set(ids).size, ids.length)
  console.log(JSON.stringify({ ids }))
}

const again = await fetched(AGAIN, { id: 'actor:goteborgs-stad' })
assert.ok(again.node)
