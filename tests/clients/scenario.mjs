// What the scenarios share: the server's address, requests that are counted, and a word with the test that runs them.

export const url = `${process.env.SERVER}/graphql`

export let requests = 0

/** As fetch, counted. */
export function counted(...asked) {
  requests += 1
  return fetch(...asked)
}

/** Let the test write to the graph, and go on when it has. */
export function othersWrite() {
  console.log('write')
  process.stdin.ref()
  return new Promise((resolve) => {
    process.stdin.once('data', () => {
      // Else the program would not end.
      process.stdin.unref()
      resolve()
    })
  })
}
