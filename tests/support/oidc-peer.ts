import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export interface OidcPeer {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who comes back from the provider next, as the identity token says it. */
  claims: Record<string, unknown>;
  /** Where the browser was sent, in order. */
  asked: URL[];
  close(): Promise<void>;
}

const KEY_ID = "peer";

/**
 * A small OpenID Connect provider: discovery, authorization code with PKCE, RS256 identity tokens. It lets in whoever `claims`
 * describes without asking, and refuses what a real one refuses: a foreign client, a used code, a wrong verifier.
 */
export async function openOidcPeer(): Promise<OidcPeer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: "RS256", use: "sig" };
  const codes = new Map<string, URLSearchParams>();
  const json = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    const asked = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const [id, secret] = Buffer.from((request.headers.authorization ?? "").slice("Basic ".length), "base64")
      .toString()
      .split(":");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (id !== peer.clientId || secret !== peer.clientSecret)
      return void json(response, 401, { error: "invalid_client" });
    if (
      !asked ||
      asked.get("code_challenge") !== challenge ||
      asked.get("redirect_uri") !== form.get("redirect_uri")
    )
      return void json(response, 400, { error: "invalid_grant" });
    const idToken = await new SignJWT({ ...peer.claims, nonce: asked.get("nonce") })
      .setProtectedHeader({ alg: "RS256", kid: KEY_ID })
      .setIssuer(peer.issuer)
      .setAudience(peer.clientId)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
    json(response, 200, {
      access_token: randomUUID(),
      token_type: "Bearer",
      expires_in: 300,
      id_token: idToken,
    });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", peer.issuer);
    if (url.pathname === "/.well-known/openid-configuration")
      return json(response, 200, {
        issuer: peer.issuer,
        authorization_endpoint: `${peer.issuer}/authorize`,
        token_endpoint: `${peer.issuer}/token`,
        jwks_uri: `${peer.issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    if (url.pathname === "/jwks") return json(response, 200, { keys: [jwk] });
    if (url.pathname === "/authorize") {
      peer.asked.push(url);
      const code = randomUUID();
      codes.set(code, url.searchParams);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", url.searchParams.get("state") ?? "");
      return response.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === "/token")
      return void token(request, response).catch((error) => response.destroy(error));
    json(response, 404, {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const peer: OidcPeer = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId: "perennial",
    clientSecret: "a-secret-of-the-test",
    claims: {},
    asked: [],
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  return peer;
}
