import { Client, fetchExchange } from '@urql/core'
import { MembersDocument, type MembersQueryVariables } from './made.js'

declare const process: { env: Record<string, string> }
declare const console: { log(text: string): void }

const client = new Client({ url: `${process.env.SERVER}/graphql`, exchanges: [fetchExchange] })
const variables: MembersQueryVariables = {
  where: { code: { in: ['1480', '1440'] } },
  orderBy: [{ centrality: { measure: 'DEGREE', direction: 'DESC' } }, { name: 'ASC' }],
}
const { data } = await client.query(MembersDocument, variables)
for (const actor of data?.actors.nodes ?? []) {
  const population: number | undefined = actor.municipality?.population ?? undefined
  // Only a municipality has a code: the compiler knows by __typename.
  console.log(actor.__typename === 'Municipality' ? `${actor.name} ${actor.code} ${population}` : actor.name)
}
// @ts-expect-error a kind that is none
export const wrong: MembersQueryVariables = { where: { kind: { eq: 'MUNICIPALTY' } } }
