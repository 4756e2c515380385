import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

// What is no page runs nothing and is framed by nobody; pages get a policy with a nonce of their own (proxy.ts).
const notAPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const securityHeaders = [
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

const config: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ["pg", "@prisma/adapter-pg", "bullmq", "ioredis", "@node-rs/argon2", "pino"],
  // `npm test` checks types; a newcomer's first build need not do it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    ...["/api/:path*", "/v1/:path*", "/healthz", "/readyz"].map((source) => ({
      source,
      headers: [{ key: "Content-Security-Policy", value: notAPage }],
    })),
  ],
};

export default createNextIntlPlugin("./lib/members/page-language.ts")(config);
