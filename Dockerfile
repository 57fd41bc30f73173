# Three images from one file: `docker build --target server .`, likewise web and agent; docker-compose.yml runs all of them.

FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV CHECKPOINT_DISABLE=1 DO_NOT_TRACK=1 NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1

# Changes only when a dependency does.
FROM base AS deps
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
RUN npm install --global "$(node -p "require('./package.json').packageManager.split('+')[0]")" && pnpm fetch

FROM deps AS build
COPY . .
RUN pnpm install --frozen-lockfile --offline
RUN pnpm exec turbo run build --ui=stream --filter=./apps/server --filter=./apps/agent
RUN pnpm --filter=@strudel-agent/server deploy --prod --no-optional /deploy/server
RUN NEXT_PRIVATE_STANDALONE=1 pnpm --filter=@strudel-agent/web build && mkdir -p apps/web/public

# Others reach it at this host: it starts with STRUDEL_TOKEN alone, or with STRUDEL_ALLOW_NO_TOKEN=true.
FROM base AS server
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
ENV MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072
COPY --from=build /deploy/server/node_modules apps/server/node_modules
COPY --from=build /app/apps/server/dist apps/server/dist
COPY --from=build /app/prisma/migrations prisma/migrations
# Samples and the settings of the agent are kept here.
RUN mkdir .data && chown node:node .data
USER node
EXPOSE 3000
HEALTHCHECK --start-period=30s --start-interval=1s --interval=30s --timeout=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "apps/server/dist/main.mjs"]

FROM base AS web
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3001
ENV MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072
COPY --from=build /app/apps/web/.next/standalone ./
COPY --from=build /app/apps/web/.next/static apps/web/.next/static
COPY --from=build /app/apps/web/public apps/web/public
COPY --from=build /app/apps/web/front-door.mjs apps/web/front-door.mjs
USER node
EXPOSE 3001
HEALTHCHECK --start-period=30s --start-interval=1s --interval=30s --timeout=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/icon.svg`, { headers: { 'x-strudel-front-door': process.env.STRUDEL_WEB_SECRET } }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# It starts with STRUDEL_WEB_SECRET alone, which the server has as well.
CMD ["node", "--max-semi-space-size=4", "--import", "./apps/web/front-door.mjs", "apps/web/server.js"]

# It needs nothing beside Node.js, the server's address, and the folder in which that keeps the settings.
FROM base AS agent
ENV NODE_ENV=production
ENV MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 MALLOC_MMAP_THRESHOLD_=131072
COPY --from=build /app/apps/agent/dist apps/agent/dist
COPY --from=build /app/apps/agent/prompts apps/agent/prompts
RUN mkdir .data && chown node:node .data
USER node
CMD ["node", "--max-semi-space-size=2", "apps/agent/dist/main.mjs"]
