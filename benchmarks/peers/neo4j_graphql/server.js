// @neo4j/graphql over the graph of Samverkan: `node server.js ADDRESS`, ADDRESS such as bolt://127.0.0.1:7687 (user and password in it where
// asked for). Prints its own address on standard output. README.md says how it is set up for speed.

import { readFileSync } from 'node:fs'
import http from 'node:http'
import { ApolloServer, HeaderMap } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { Neo4jGraphQL } from '@neo4j/graphql'
import neo4j from 'neo4j-driver'

const address = new URL(process.argv[2])
const driver = neo4j.driver(
  // One server, so no route has to be asked for.
  `bolt://${address.host}`,
  address.username ? neo4j.auth.basic(address.username, decodeURIComponent(address.password)) : undefined,
  { disableLosslessIntegers: true, telemetryDisabled: true, notificationFilter: { minimumSeverityLevel: 'OFF' } },
)
const schema = await new Neo4jGraphQL({
  typeDefs: readFileSync(new URL('types.graphql', import.meta.url), 'utf8'),
  driver,
  features: {
    subscriptions: false,
    filters: { String: { GT: true, GTE: true } },
    excludeDeprecatedFields: {
      mutationOperations: true, aggregationFilters: true, aggregationFiltersOutsideConnection: true,
      relationshipFilters: true, attributeFilters: true,
    },
  },
}).getSchema()
const server = new ApolloServer({
  schema,
  introspection: false,
  csrfPrevention: false,
  includeStacktraceInErrorResponses: false,
  stopOnTerminationSignals: false,
  plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginUsageReportingDisabled(), ApolloServerPluginLandingPageDisabled()],
})
await server.start()

const context = async () => ({ sessionConfig: { database: 'neo4j' } })

// Straight on node's http: neither CORS nor a body parser nor a router lies between.
const listening = http.createServer((request, response) => {
  const chunks = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', async () => {
    try {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
      const headers = new HeaderMap()
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, value)
      const answer = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest: { method: 'POST', headers, search: '', body }, context })
      const text = Buffer.from(answer.body.string)
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', 'content-length': text.length })
      response.end(text)
    } catch (error) {
      response.writeHead(500)
      response.end(String(error))
    }
  })
})
listening.keepAliveTimeout = 60_000
listening.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${listening.address().port}`))
process.on('SIGTERM', async () => {
  listening.close()
  listening.closeAllConnections()
  await driver.close()
  process.exit(0)
})
