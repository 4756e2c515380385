import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Table } from "@/components/ui/table";
import { curlOf, typeOf } from "@/lib/api/describe";
import type { Operation } from "@/lib/api/document";

const tones = { GET: "neutral", POST: "accent", PUT: "accent", PATCH: "warning", DELETE: "danger" } as const;

/** One call of the API, folded to its line until it is wanted: who may ask, what it takes, what it answers. */
export function OperationDetails({
  method,
  path,
  operation,
  origin,
}: {
  method: string;
  path: string;
  operation: Operation;
  origin: string;
}) {
  const t = useTranslations("api");
  const curl = curlOf({ method, path, operation, origin });
  const body = operation.requestBody?.content["application/json"];
  const [media, answer] = Object.entries(
    (operation.responses[200]?.content ?? {}) as Record<string, { schema: unknown }>,
  )[0] ?? ["", { schema: {} }];
  const refusals = Object.keys(operation.responses).filter((status) => status !== "200");
  return (
    <details className="group border-t border-line first:border-t-0" id={operation.operationId}>
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 py-2">
        <Badge tone={tones[method as keyof typeof tones]} className="w-16 justify-center" lang="en">
          {method}
        </Badge>
        <code className="min-w-0 text-[13px] break-all">{path}</code>
        <span lang="en" className="min-w-0 text-[13px] text-ink-2">
          {operation.summary}
        </span>
      </summary>
      <div className="grid grid-cols-1 gap-4 pt-1 pb-4 sm:pl-19">
        <Part title={t("callers")}>
          <Callers operation={operation} />
        </Part>
        {operation.parameters && (
          <Part title={t("parameters")}>
            <Table caption={t("parameters")}>
              <thead>
                <tr className="text-left text-ink-2">
                  {[t("name"), t("place"), t("type"), t("required")].map((head) => (
                    <th key={head} scope="col" className="border-b border-line py-1 pr-4 font-medium">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {operation.parameters.map((one) => (
                  <tr key={`${one.in} ${one.name}`}>
                    <th scope="row" className="py-1 pr-4 text-left font-normal">
                      <code>{one.name}</code>
                    </th>
                    <td className="py-1 pr-4">{t(`places.${one.in}`)}</td>
                    <td className="py-1 pr-4">
                      <code className="break-all">{typeOf(one.schema)}</code>
                    </td>
                    <td className="py-1 pr-4">{one.required ? t("yes") : t("no")}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </Part>
        )}
        {body && (
          <Part title={t("body")}>
            <Code label={t("body")}>{JSON.stringify(body.schema, null, 2)}</Code>
          </Part>
        )}
        <Part title={t("answer")}>
          {media === "application/json" ? (
            <Code label={t("answer")}>{JSON.stringify(answer.schema, null, 2)}</Code>
          ) : (
            <code>{media}</code>
          )}
        </Part>
        <Part title={t("refusals")}>
          <code>{refusals.join(" · ")}</code>
        </Part>
        <Part title={t("example")} action={<CopyButton value={curl} />}>
          <Code label={t("example")}>{curl}</Code>
        </Part>
      </div>
    </details>
  );
}

function Part({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <div className="mb-1 flex min-h-7 items-center gap-2">
        <h3 className="text-[13px] font-medium text-ink-2">{title}</h3>
        {action}
      </div>
      {children}
    </div>
  );
}

function Callers({ operation }: { operation: Operation }) {
  const t = useTranslations("api");
  const roles = useTranslations("roles");
  const words = operation.security.some((one) => "writeKey" in one)
    ? [t("writeKey")]
    : operation.security.length === 0
      ? [t("anyone")]
      : operation["x-roles"]
        ? [
            ...operation["x-roles"].map((role) => roles(role)),
            ...(operation["x-key-scopes"] ?? []).map((scope) =>
              t("keyScope", { scope: t(`scopes.${scope}`) }),
            ),
          ]
        : [t("anyMember")];
  return (
    <ul className="flex flex-wrap gap-1.5">
      {words.map((word) => (
        <li key={word}>
          <Badge>{word}</Badge>
        </li>
      ))}
    </ul>
  );
}

const Code = ({ label, children }: { label: string; children: string }) => (
  <section
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    tabIndex={0}
    className="max-h-80 overflow-auto rounded-card bg-sunken p-3"
  >
    <pre className="text-xs">{children}</pre>
  </section>
);
