# The portal as an image: `docker build -t portal .` How it is run is in compose.yaml and in
# docs/operations.md.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
# Apart, so that a changed source does not install the packages anew.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --include=optional --no-audit --no-fund
COPY . .
# What names this build and its forms (see .env.example). Neither has to be set.
ARG NEXT_DEPLOYMENT_ID=
ARG NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=
RUN npm run build
# It fills demo databases.
RUN rm .next/standalone/commands/seed-demo.mjs .next/standalone/commands/seed-demo.mjs.map

FROM ${NODE_IMAGE}
ENV NODE_ENV=production PORT=3000 HOSTNAME=0.0.0.0
WORKDIR /app
# Owned by root: the process can read its own code and not change it.
COPY --from=build /src/.next/standalone ./
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# Of the web process, and of a worker whose METRICS_PORT is its PORT too.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Others: commands/worker.mjs, commands/migrate.mjs, commands/admin-invite.mjs and those beside them.
CMD ["node", "server.js"]
