// Read by relay-compiler alone: what the scenario asks, as an application would say it beside its components.
import { graphql } from 'relay-runtime'

graphql`
  query PagingQuery($first: Int!, $after: String, $measure: CentralityMeasure!) {
    ...Paging_query @arguments(first: $first, after: $after, measure: $measure)
  }
`

graphql`
  fragment Paging_query on Query
  @argumentDefinitions(
    first: { type: "Int!" }
    after: { type: "String" }
    measure: { type: "CentralityMeasure!" }
  )
  @refetchable(queryName: "PagingNextQuery") {
    actors(first: $first, after: $after, orderBy: [{ centrality: { measure: $measure, direction: ASC } }])
      @connection(key: "Paging_actors") {
      edges {
        node {
          id
          ...Paging_actor
        }
      }
    }
  }
`

graphql`
  fragment Paging_actor on Actor @refetchable(queryName: "PagingActorQuery") {
    name
    ... on Municipality {
      population
    }
  }
`
