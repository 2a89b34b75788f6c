// A question to our own GraphQL endpoint → its data, or a Failure that says what went wrong in kind, not in words.

export type FailureKind = "away" | "refused";

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
  ) {
    super(message);
  }
}

/** What came, and the messages of the parts that failed alone (their fields are null). */
export interface Answer<Data> {
  data: Data;
  errors: string[];
}

interface Body<Data> {
  data?: Data | null;
  errors?: { message: string }[];
}

export async function ask<Data>(
  query: string,
  variables: Record<string, unknown> = {},
  signal?: AbortSignal,
): Promise<Answer<Data>> {
  let body: Body<Data>;
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/graphql-response+json, application/json;q=0.9",
      },
      body: JSON.stringify({ query, variables }),
      signal: signal ?? null,
    });
    body = (await response.json()) as Body<Data>;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure("away", String(error));
  }
  const errors = (body.errors ?? []).map((error) => error.message);
  if (!body.data) throw new Failure("refused", errors.join(" "));
  return { data: body.data, errors };
}
