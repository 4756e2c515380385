import { AppError } from "@/lib/platform/errors";
import {
  type Condition,
  type ImportField,
  type ImportKind,
  type ItemField,
  itemFields,
  type Mapping,
  reservedNames,
} from "./mapping";

/** A row of the file that has as many cells as the header. */
export interface Row {
  /** Physical line it begins on, from 1: the header is line 1. */
  line: number;
  cells: readonly string[];
}

type Place = readonly [name: string, index: number];

/** A mapping tied to the header of one file: where each thing stands in a row. */
export class Columns {
  readonly properties: readonly Place[];
  readonly traits: readonly Place[];
  readonly externalIds: readonly Place[];
  readonly identity: readonly number[];
  readonly isLines: boolean;

  constructor(
    readonly kind: ImportKind,
    readonly mapping: Mapping,
    readonly header: readonly string[],
  ) {
    this.isLines = kind === "orders" && mapping.items !== undefined;
    const others = mapping.keepOthers ? this.unmentioned() : [];
    const asTraits = kind === "customers";
    this.properties = [...this.places(mapping.properties), ...(asTraits ? [] : others)];
    this.traits = [...this.places(mapping.traits), ...(asTraits ? others : [])];
    this.externalIds = this.places(mapping.externalIds);
    this.identity = (mapping.identity ?? header).map((name, index) =>
      mapping.identity ? this.index(name) : index,
    );
    this.assertEnough();
  }

  /** The trimmed cell of a field; "" when the field has no column. */
  text(row: Row, field: ImportField): string {
    const name = this.mapping.columns[field];
    return name === undefined ? "" : row.cells[this.index(name)]!.trim();
  }

  item(row: Row, field: ItemField): string {
    const name = this.mapping.items?.[field];
    return name === undefined ? "" : row.cells[this.index(name)]!.trim();
  }

  /** The cells of those columns that are not empty, by name. */
  values(row: Row, places: readonly Place[]): Record<string, string> {
    const filled = places.map(([name, index]) => [name, row.cells[index]!.trim()] as const);
    return Object.fromEntries(filled.filter(([, value]) => value !== ""));
  }

  /** True when the condition holds; numbers are read by `number`, what is no number is neither zero nor negative. */
  holds(row: Row, condition: Condition, number: (text: string) => number | null): boolean {
    const cell = row.cells[this.index(condition.column)]!.trim();
    if ("startsWith" in condition) return cell.startsWith(condition.startsWith);
    if ("equals" in condition) return condition.equals.includes(cell);
    if (condition.is === "empty") return cell === "";
    const value = number(cell);
    return value !== null && (condition.is === "zero" ? value === 0 : value < 0);
  }

  /** The column a refusal is about, from the path in the decoded message; the path itself when no single column is. */
  columnAt(path: string | null): string | null {
    const { columns, items, properties, traits, externalIds } = this.mapping;
    const fixed: Record<string, string | undefined> = {
      userId: columns.customerId,
      anonymousId: columns.anonymousId,
      messageId: columns.messageId,
      timestamp: columns.occurredAt,
      event: columns.event,
      "properties.revenue": columns.amount ?? items?.price,
      "properties.orderId": columns.orderId,
      "properties.currency": columns.currency,
      "context.campaign.source": columns.channel,
    };
    const [place, name] = [path?.split(".", 1)[0], path?.slice(path.indexOf(".") + 1) ?? ""];
    const item = /^properties\.(?:products|items)\[\d+\]\.(\w+)$/.exec(path ?? "")?.[1];
    if (item && itemFields.includes(item as ItemField)) return items?.[item as ItemField] ?? path;
    const external = /^context\.externalIds\[(\d+)\]/.exec(path ?? "")?.[1];
    if (external) return Object.values(externalIds)[Number(external)] ?? path;
    const own = place === "properties" ? properties[name] : place === "traits" ? traits[name] : undefined;
    const header = this.header.includes(name) ? name : undefined;
    return fixed[path ?? ""] ?? own ?? header ?? path;
  }

  private readonly indexes = new Map<string, number>();

  private index(name: string): number {
    let index = this.indexes.get(name);
    if (index === undefined) {
      index = this.header.indexOf(name);
      if (index < 0)
        throw new AppError(
          "bad_input",
          `The file has no column "${name}"; it has: ${this.header.join(", ")}`,
        );
      if (this.header.indexOf(name, index + 1) >= 0)
        throw new AppError("bad_input", `The file has two columns "${name}"; rename one`);
      this.indexes.set(name, index);
    }
    return index;
  }

  private places(byName: Record<string, string>): Place[] {
    return Object.entries(byName).map(([name, column]) => [name, this.index(column)]);
  }

  /** Columns the mapping leaves open, under their own names; those that mean something to us are set apart. */
  private unmentioned(): Place[] {
    const { columns, items, properties, traits, externalIds } = this.mapping;
    const mentioned = new Set(
      [columns, items ?? {}, properties, traits, externalIds].flatMap((part) => Object.values(part)),
    );
    return this.header.flatMap((name, index): Place[] =>
      name !== "" && !mentioned.has(name) ? [[reservedNames.has(name) ? `column.${name}` : name, index]] : [],
    );
  }

  /** Fails before the first row when a needed column is not mapped, naming the way out. */
  private assertEnough(): void {
    const { columns, items, identity, skip, refund } = this.mapping;
    for (const name of [...Object.values(columns), ...Object.values(items ?? {}), ...(identity ?? [])])
      this.index(name);
    for (const { column } of [...skip, ...(refund ?? [])]) this.index(column);
    const need = (isThere: boolean, field: string) => {
      if (!isThere)
        throw new AppError(
          "bad_input",
          `No column for ${field}: add --map ${field}=COLUMN; the file has: ${this.header.join(", ")}`,
        );
    };
    need(columns.customerId !== undefined || columns.anonymousId !== undefined, "customerId");
    if (this.kind !== "customers") need(columns.occurredAt !== undefined, "occurredAt");
    if (this.kind === "events") need(columns.event !== undefined, "event");
    if (this.kind === "orders" && !this.isLines) need(columns.amount !== undefined, "amount");
    if (this.isLines) {
      need(columns.orderId !== undefined, "orderId");
      need(items?.price !== undefined, "items.price");
      need(items?.quantity !== undefined, "items.quantity");
    }
  }
}
