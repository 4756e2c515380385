# One image for web, worker and the one-shot commands; docker-compose.yml says which it runs.
FROM node:24-slim
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
WORKDIR /perennial
RUN chown node:node /perennial
USER node

COPY --chown=node:node package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --include=dev --no-audit --no-fund

COPY --chown=node:node . .
RUN chmod +x scripts/schema-engine.mjs && node scripts/build.mjs

ENV NODE_ENV=production AUTH_TRUST_HOST=true
EXPOSE 3000
CMD ["node", "node_modules/next/dist/bin/next", "start", "--hostname", "0.0.0.0", "--port", "3000"]
