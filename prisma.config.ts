// `prisma generate` needs no engine for the prisma-client generator, but looks for one to download; pointing it at any
// program that exists keeps it off the network.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath

import { defineConfig } from 'prisma/config'

export default defineConfig({ schema: 'prisma/schema.prisma' })
