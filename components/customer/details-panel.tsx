import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Cell, ColumnHead, Row, RowHead, Table } from "@/components/ui/table";
import type { CustomerProfile } from "@/lib/customers/schema";
import { kindName } from "@/lib/customers/words";
import { PROFILE, standardKindById } from "@/lib/intake/kinds";
import { CHANNEL_TRAIT } from "@/lib/metrics/catalogue/acquisition-channel";
import { formatCount, formatDay, formatInstant } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locale";
import { IdentityValue } from "./identity-value";
import { TraitHistory } from "./trait-history";
import { TraitValue } from "./trait-value";

interface Shown {
  slug: string;
  profile: CustomerProfile;
  locale: Locale;
  timeZone: string;
}

/** Every id and every trait of a customer: since when, and where from. */
export const DetailsPanel = (shown: Shown) => (
  <div className="grid gap-4">
    <Identities {...shown} />
    <Traits {...shown} />
  </div>
);

/** Types of ids the console has a name for. */
const namedKinds = ["user", "anonymous", "email", "phone"] as const;
const isNamedKind = (key: string): key is (typeof namedKinds)[number] =>
  (namedKinds as readonly string[]).includes(key);

function Identities({ profile, locale, timeZone }: Shown) {
  const t = useTranslations("customer");
  const kind = (key: string) => (isNamedKind(key) ? t(`kind_${key}`) : <span lang="">{key}</span>); // the sender's own word
  const { identities, identityCount } = profile;
  return (
    <Card title={t("ids")} hint={t("idsHint")}>
      <Table caption={t("ids")} frameClassName="max-h-96">
        <thead>
          <tr>
            <ColumnHead>{t("idKind")}</ColumnHead>
            <ColumnHead>{t("idValue")}</ColumnHead>
            <ColumnHead align="right">{t("idSince")}</ColumnHead>
            <ColumnHead>{t("idOrigin")}</ColumnHead>
          </tr>
        </thead>
        <tbody>
          {identities.map((one, i) => (
            <Row key={`${one.kind} ${one.value} ${one.since.getTime()}`} data-testid="identity">
              <Cell>{kind(one.kind)}</Cell>
              <RowHead>
                <IdentityValue index={i} masked={one.value} />
              </RowHead>
              <Cell align="right">{formatInstant(one.since, timeZone, locale)}</Cell>
              <Cell>
                {!one.joined
                  ? t("idOwn")
                  : one.joined.at
                    ? t("idJoined", {
                        day: formatInstant(one.joined.at, timeZone, locale),
                        name: one.joined.displayKey,
                      })
                    : t("idJoinedOnce", { name: one.joined.displayKey })}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {identityCount > identities.length && (
        <p className="mt-2 text-xs text-ink-3">
          {t("idsMore", {
            shown: formatCount(identities.length, locale),
            count: formatCount(identityCount, locale),
          })}
        </p>
      )}
    </Card>
  );
}

function Traits({ slug, profile, locale, timeZone }: Shown) {
  const t = useTranslations("customer");
  const { traits, asOf, customerId } = profile;
  const statedBy = ({ kind, source }: CustomerProfile["traits"][number]) => {
    const standard = kind === null ? undefined : standardKindById(kind);
    const what = standard ? kindName(standard.key, locale) : kind === PROFILE ? t("profileUpdate") : null;
    return [what, source ?? t("unknownSource")].filter(Boolean).join(" · ");
  };
  return (
    <Card title={t("traits")} hint={t("traitsHint", { day: formatDay(asOf, locale) })}>
      {traits.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t("noTraits")}</p>
      ) : (
        <Table caption={t("traits")}>
          <thead>
            <tr>
              <ColumnHead>{t("trait")}</ColumnHead>
              <ColumnHead>{t("value")}</ColumnHead>
              <ColumnHead align="right">{t("traitSince")}</ColumnHead>
              <ColumnHead>{t("traitSource")}</ColumnHead>
              <ColumnHead>
                <span className="sr-only">{t("traitHistory", { key: "" })}</span>
              </ColumnHead>
            </tr>
          </thead>
          <tbody>
            {traits.map((one) => {
              const name = one.key === CHANNEL_TRAIT ? t("channel") : one.key;
              return (
                <Row key={one.key} data-testid="trait" data-key={one.key}>
                  <RowHead lang={one.key === CHANNEL_TRAIT ? undefined : ""}>{name}</RowHead>
                  <Cell lang="" className="max-w-96 whitespace-normal">
                    <TraitValue traitKey={one.key} masked={one.value} asOf={asOf} />
                  </Cell>
                  <Cell align="right">{formatInstant(one.since, timeZone, locale)}</Cell>
                  <Cell>{statedBy(one)}</Cell>
                  <Cell>
                    {one.changes > 1 && (
                      <TraitHistory
                        slug={slug}
                        customerId={customerId}
                        traitKey={one.key}
                        name={name}
                        changes={one.changes}
                        asOf={asOf}
                        timeZone={timeZone}
                      />
                    )}
                  </Cell>
                </Row>
              );
            })}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
