# syntax=docker/dockerfile:1

# Debian, not Alpine: Temporal's native core is built for glibc alone.
ARG NODE_IMAGE=node:22.22.1-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package of ours needs its install script: what is native comes ready-made.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN npm run build

FROM ${NODE_IMAGE} AS dependency
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# Temporal's core comes for five platforms, 30 MB each; one of them is this one.
RUN cd node_modules/@temporalio/core-bridge/releases \
  && find . -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} + \
  && test -d "$(uname -m)-unknown-linux-gnu"

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="counterfoil" \
  org.opencontainers.image.description="Durable sync from a law firm's billing app to QuickBooks Online" \
  org.opencontainers.image.licenses="Apache-2.0"
# Node brings its own certificates; Temporal's core reads those of the system.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production
# Traces point into src/. Give the heap about two thirds of the container's memory as well, for example
# NODE_OPTIONS="--enable-source-maps --max-old-space-size=1024" of 1.5 GB: cached workflows live in it, the core beside it.
ENV NODE_OPTIONS=--enable-source-maps
COPY --from=dependency /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY docker/health.js docker/health.js
# Nothing below /app is written, so the file system may be read-only; /state is the simulator's.
RUN install --directory --owner=node --group=node /state
USER node
EXPOSE 8080 9464
# Of the default command; who runs another one gives another check (see docker-compose.yml).
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "docker/health.js", "http://127.0.0.1:8080/healthz"]
# The same image is the worker (dist/src/worker.js), the migration (dist/scripts/migrate.js), the operator's commands
# (dist/scripts/) and the stand-in for QuickBooks (dist/scripts/simulator.js).
CMD ["node", "dist/src/server.js"]
