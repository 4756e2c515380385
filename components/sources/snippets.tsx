"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { Tab, TabPanel, Tabs, TabsList } from "@/components/ui/tabs";

const curl = (
  origin: string,
  key: string,
) => `curl ${origin}/v1/track -u ${key}: -H 'content-type: application/json' \\
  -d '{"userId":"u-1","event":"Order Completed","messageId":"m-1","properties":{"revenue":99.5}}'`;

const node = (origin: string, key: string) => `import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: "${key}", host: "${origin}" });
analytics.track({ userId: "u-1", event: "Order Completed", properties: { revenue: 99.5 } });`;

const browser = (origin: string, key: string) => `fetch("${origin}/v1/track", {
  method: "POST",
  keepalive: true,
  body: JSON.stringify({
    writeKey: "${key}",
    anonymousId: localStorage.visitor ??= crypto.randomUUID(),
    messageId: crypto.randomUUID(),
    event: "Product Viewed",
    properties: { product_id: "sku-1" },
  }),
});`;

/** Code to paste into a sender, with the key where one is known. */
export function Snippets({ origin, writeKey = "WRITE_KEY" }: { origin: string; writeKey?: string }) {
  const t = useTranslations("sources");
  const all = [
    ["curl", "curl", curl(origin, writeKey)],
    ["node", "Node.js", node(origin, writeKey)],
    ["browser", t("browser"), browser(origin, writeKey)],
  ] as const;
  return (
    <Tabs defaultValue="curl" className="min-w-0">
      <TabsList aria-label={t("snippets")}>
        {all.map(([key, name]) => (
          <Tab key={key} value={key}>
            {name}
          </Tab>
        ))}
      </TabsList>
      {all.map(([key, name, code]) => (
        <TabPanel key={key} value={key} className="flex items-start gap-2 pt-2">
          <pre className="min-w-0 flex-1 rounded-md bg-sunken p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap">
            {code}
          </pre>
          <CopyButton value={code} label={`${t("snippets")}: ${name}`} />
        </TabPanel>
      ))}
    </Tabs>
  );
}
