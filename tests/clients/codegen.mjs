// graphql-codegen: types of an operation and of what it is given, which TypeScript holds a program to; the program runs.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codegen } from '@graphql-codegen/core'
import * as documentNode from '@graphql-codegen/typed-document-node'
import * as operationTypes from '@graphql-codegen/typescript-operations'
import { buildSchema, parse } from 'graphql'

const folder = process.env.FOLDER
const document = parse(readFileSync('codegen.graphql', 'utf8'))
const config = { useTypeImports: true, scalars: { PartialDate: 'string', DateTime: 'string' } }
const made = await codegen({
  filename: 'made.ts',
  schema: parse(readFileSync(process.env.SCHEMA, 'utf8')),
  schemaAst: buildSchema(readFileSync(process.env.SCHEMA, 'utf8')),
  documents: [{ location: 'codegen.graphql', document }],
  config,
  plugins: [{ operationTypes: {} }, { documentNode: {} }],
  pluginMap: { operationTypes, documentNode },
})
writeFileSync(join(folder, 'made.ts'), made)
cpSync('codegen.ts', join(folder, 'codegen.ts'))
cpSync('package.json', join(folder, 'package.json'))
symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))

const compiled = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', '--types', '', 'codegen.ts']
const tsc = join(process.cwd(), 'node_modules', 'typescript', 'bin', 'tsc')
execFileSync(process.execPath, [tsc, ...compiled], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
const names = execFileSync(process.execPath, ['codegen.js'], { cwd: folder, encoding: 'utf8' })
assert.match(names, /Göteborgs Stad 1480/)
